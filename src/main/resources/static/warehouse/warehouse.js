/** The page on which people in the warehouse say that a parcel is here, and put pictures of goods on a case. */
const $ = (id) => document.getElementById(id);

async function post(path, body, headers = {}) {
  const answer = await fetch(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { "X-Requested-With": "warehouse", Accept: "application/json, application/problem+json", ...headers },
    body,
  });
  if (answer.status === 401) throw new Error("Please log in to Tasklist first 请先登录任务列表");
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(said.detail ?? `HTTP ${answer.status}`), { code: said.code });
  return said;
}

function say(id, text, isGood) {
  $(id).textContent = text;
  $(id).className = isGood ? "good" : "bad";
}

async function handle(form, result, work) {
  say(result, "", true);
  form.querySelectorAll("button").forEach((button) => (button.disabled = true));
  try {
    say(result, await work(), true);
  } catch (failed) {
    say(result, failed.message, false);
  } finally {
    form.querySelectorAll("button").forEach((button) => (button.disabled = false));
  }
}

/** A number that nobody waits for may be mistyped: it is taken in only when it was entered twice. */
let doubted = "";

async function receive(number) {
  const isSlip = /^RAS-\d{4}-\d{8}$/i.test(number);
  const named = isSlip ? { authorization: number.toUpperCase() } : { trackingNumber: number };
  const body = JSON.stringify({ ...named, ifKnown: number !== doubted });
  doubted = "";
  try {
    return (await post("/api/parcels/receipts", body, { "Content-Type": "application/json" })).result;
  } catch (refused) {
    if (refused.code !== "parcel-unknown") throw refused;
    doubted = number;
    throw new Error(
      `Nobody waits for ${number}. If that is what the parcel says, enter it once more 没有人在等这个包裹；如单号无误，请再次输入`,
    );
  }
}

$("receipt").addEventListener("submit", (event) => {
  event.preventDefault();
  handle(event.target, "receipt-result", async () => {
    const number = $("parcel").value.trim();
    let result;
    try {
      result = await receive(number);
    } finally {
      $("parcel").focus();
      $("parcel").select();
    }
    $("parcel").value = "";
    return `${number}: ${told(result)}`;
  });
});

/** What a person does next; pictures are most likely of what has just come in. */
function told(result) {
  const isCase = /^AS-\d{4}-\d{8}$/.test(result);
  if (isCase) $("number").value = result;
  const stray = result.match(/PC-\d{4}-\d{8}/);
  if (stray) return `nobody knows it; find its case in the task Identify parcel ${stray[0]} 无人认领，请在任务列表中认领`;
  return isCase ? `received for ${result}; go on in Tasklist 已收货，请到任务列表继续` : result;
}

$("pictures").addEventListener("submit", (event) => {
  event.preventDefault();
  handle(event.target, "pictures-result", async () => {
    const number = $("number").value.trim();
    let done = 0;
    for (const file of $("files").files) {
      const form = new FormData();
      form.append("file", file);
      const picture = await post(`/api/cases/${encodeURIComponent(number)}/pictures`, form);
      const shown = document.createElement("img");
      shown.src = `/api/evidence/${picture.id}`;
      shown.alt = file.name;
      $("shown").append(shown);
      done++;
    }
    $("files").value = "";
    return `${number}: ${done} ✓`;
  });
});

const asked = new URLSearchParams(location.search).get("case");
if (asked) {
  $("number").value = asked;
  $("files").focus();
} else {
  $("parcel").focus();
}
