package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;

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

    /** That whoever the build runs as may do this with its job; called on the thread of the build. */
    static void check(Run<?, ?> run, Permission permission) throws AbortException {
        if (!run.getParent().hasPermission(permission)) {
            throw new AbortException(jenkins.model.Jenkins.getAuthentication2().getName() + " lacks the permission "
                    + permission.group.title + "/" + permission.name + " on "
                    + run.getParent().getFullName() + ".");
        }
    }
}
