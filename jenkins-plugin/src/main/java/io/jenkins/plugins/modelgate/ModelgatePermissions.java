package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Who may register, promote and deploy models, on a job or folder. Whoever may configure a job may do both, unless told otherwise. */
public final class ModelgatePermissions {
    public static final PermissionGroup GROUP =
            new PermissionGroup(ModelgatePermissions.class, Messages._ModelgatePermissions_Title());

    /** Registering versions. */
    public static final Permission REGISTER = new Permission(
            GROUP, "Register", Messages._ModelgatePermissions_Register(), Item.CONFIGURE, PermissionScope.ITEM);

    /** Promoting versions, and deploying them. */
    public static final Permission PROMOTE = new Permission(
            GROUP, "Promote", Messages._ModelgatePermissions_Promote(), Item.CONFIGURE, PermissionScope.ITEM);

    private ModelgatePermissions() {}

    /** Makes them known before the configuration of who has them is read. */
    @Initializer(before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void register() {
        Permission.fromId(REGISTER.getId());
        Permission.fromId(PROMOTE.getId());
    }

    /**
     * That whoever the build runs as may do this with its job; called on the thread of the build. Builds run as Jenkins itself
     * unless something else is configured: then whoever started the build by hand must have the permission.
     */
    static void check(Run<?, ?> run, Permission permission) throws AbortException {
        Authentication who = person(run);
        if (!run.getParent().getACL().hasPermission2(who, permission)) {
            throw new AbortException(who.getName() + " lacks the permission " + permission.group.title + "/"
                    + permission.name + " on " + run.getParent().getFullName() + ".");
        }
    }

    private static Authentication person(Run<?, ?> run) {
        Authentication running = Jenkins.getAuthentication2();
        Cause.UserIdCause cause = run.getCause(Cause.UserIdCause.class);
        if (!ACL.SYSTEM2.equals(running) || cause == null) {
            return running;
        }
        String id = cause.getUserId();
        User user = id == null ? null : User.getById(id, false);
        try {
            return user == null ? Jenkins.ANONYMOUS2 : user.impersonate2();
        } catch (UsernameNotFoundException e) {
            return Jenkins.ANONYMOUS2;
        }
    }
}
