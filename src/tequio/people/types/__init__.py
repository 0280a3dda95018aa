"""Plain values: ages and the law of each country."""
