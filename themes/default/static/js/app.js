// Enhances pages that work without it. Everything listens on the document, so swapped fragments need no start of their own.
import { startCombos } from "./combobox.js"
import { startDates } from "./dates.js"
import { startDialogs } from "./dialog.js"
import { startEvents } from "./events.js"
import { startFiles } from "./files.js"
import { startGuard } from "./guard.js"
import { startKeys } from "./keys.js"
import { startLists } from "./lists.js"
import { startShell } from "./shell.js"
import { startToasts } from "./toasts.js"

for (const start of [startToasts, startEvents, startShell, startCombos, startDialogs, startDates, startFiles, startGuard, startLists, startKeys]) start()
