"""Rules (考核办法): versioned indicators and link rules."""
