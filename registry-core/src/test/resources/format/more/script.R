system('id')
