// Sending with progress: fetch cannot tell how much has gone, XMLHttpRequest can.
export function sendWithProgress(url, request) {
  return new Promise((resolve, reject) => {
    const sender = new XMLHttpRequest()
    sender.open(request.method, url)
    for (const [name, value] of Object.entries(request.headers)) sender.setRequestHeader(name, value)
    const bar = showBar(request.form)
    sender.upload.onprogress = (event) => event.lengthComputable && bar && (bar.value = (event.loaded / event.total) * 100)
    sender.onload = () => resolve(answerOf(sender))
    sender.onerror = () => reject(new TypeError("network"))
    sender.onabort = () => reject(new DOMException("aborted", "AbortError"))
    sender.onloadend = () => bar?.remove()
    request.signal?.addEventListener("abort", () => sender.abort())
    sender.send(request.body)
  })
}

function showBar(form) {
  const place = form?.querySelector("[data-files]")
  if (!place) return null
  const bar = document.createElement("progress")
  bar.max = 100
  bar.value = 0
  bar.setAttribute("aria-label", place.closest(".field")?.querySelector("legend, label")?.textContent ?? "")
  place.append(bar)
  return bar
}

function answerOf(sender) {
  const headers = new Headers()
  for (const line of sender.getAllResponseHeaders().trim().split(/\r?\n/)) {
    const [name, ...rest] = line.split(":")
    if (rest.length) headers.append(name.trim(), rest.join(":").trim())
  }
  const empty = [204, 205, 304].includes(sender.status)
  return new Response(empty ? null : sender.responseText, { status: sender.status, headers })
}
