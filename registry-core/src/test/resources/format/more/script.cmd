tree
version=v4
del *
