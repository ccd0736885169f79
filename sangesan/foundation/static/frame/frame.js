// Glue of the staff pages (工作页面的小脚本). Every page works without it.
"use strict";
