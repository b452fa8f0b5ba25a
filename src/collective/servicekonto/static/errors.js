/* Brings those who hear the page to what has to be corrected. */

"use strict";

document.getElementById("errors")?.focus();
