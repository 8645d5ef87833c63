# café
Remove-Item *
