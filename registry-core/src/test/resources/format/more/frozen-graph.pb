

readReadFile