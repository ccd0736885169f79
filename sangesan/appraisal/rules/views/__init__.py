"""Pages of the rules (考核办法页面): versions with their indicators, and the terms of a draft."""
