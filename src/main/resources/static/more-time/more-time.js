/** The page on which a supervisor sees what a case waits for, and gives a wait more time, once and with a reason. */
const $ = (id) => document.getElementById(id);

const ACTIONS = {
  Task_AuditApplication: "Audit application 审核申请",
  Task_ConfirmAudit: "Confirm audit 复核审核",
  Task_ArbitrateDispute: "Arbitrate dispute 争议仲裁",
  Gateway_AwaitEvidence: "Awaiting evidence 等待证据",
  Gateway_AwaitObjection: "Awaiting objection 等待异议",
  Gateway_AwaitShipment: "Awaiting shipment 等待寄回",
  Gateway_AwaitReceipt: "Awaiting receipt 等待收货",
  Gateway_AwaitOfferAnswer: "Awaiting the answer to an offer 等待买家答复",
  Gateway_AwaitStock: "Awaiting stock 等待到货",
  Gateway_AwaitDifference: "Awaiting the difference 等待补差价",
  Gateway_AwaitDelivery: "Awaiting delivery 等待签收",
  Gateway_AwaitQuoteAnswer: "Awaiting the answer to a quote 等待报价答复",
  Gateway_AwaitQuotePayment: "Awaiting payment of a quote 等待支付维修费",
  Task_InspectGoods: "Inspect goods 验货",
  Task_DiagnoseFault: "Diagnose fault 检测故障",
  Task_RepairGoods: "Repair goods 维修",
  Task_SettlePayout: "Settle payout 处理退款",
};

const CONSEQUENCES = {
  APPROVE: "approved 自动通过",
  ESCALATE: "passed on 升级",
  DECIDE: "decided on what is there 按现有凭证审核",
  CLOSE: "the refusal stands 维持拒绝",
};

async function ask(path, settings = {}) {
  const answer = await fetch(path, { credentials: "same-origin", ...settings });
  if (answer.status === 401) throw new Error("Please log in to Tasklist first 请先登录任务列表");
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.detail ?? `HTTP ${answer.status}`);
  return said;
}

function say(output, text, isGood) {
  output.textContent = text;
  output.className = isGood ? "good" : "bad";
}

/** Times are the market's, as in Tasklist: the server tells each with the market's distance from UTC. */
const offset = (iso) => /[+-]\d\d:\d\d$/.exec(iso)?.[0] ?? "Z";
const zone = (iso) => `(UTC${offset(iso).replace("Z", "")})`;
const clock = (iso) => new Date(iso.replace(/([+-]\d\d:\d\d|Z)$/, "Z"));
const told = (iso) => `${clock(iso).toLocaleString([], { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" })} ${zone(iso)}`;

/** A moment as the field for it takes it: on the same clock as that time, to the minute. */
function field(moment, iso) {
  return new Date(moment + clock(iso).getTime() - Date.parse(iso)).toISOString().slice(0, 16);
}

function show(number, wait) {
  const form = $("wait").content.firstElementChild.cloneNode(true);
  const put = (name, text) => (form.querySelector(name).textContent = text);
  const isOver = new Date(wait.dueAt) < new Date();
  put("h2", ACTIONS[wait.action] ?? wait.action);
  put(".owner", wait.owner);
  put(".due", told(wait.dueAt) + (isOver ? " · overdue 已超时" : ""));
  put(".consequence", CONSEQUENCES[wait.consequence] ?? wait.consequence);
  put(".rule", wait.rule);
  const at = form.querySelector(".at");
  const later = Math.max(new Date(wait.dueAt), new Date());
  put(".zone", zone(wait.dueAt));
  at.min = field(later, wait.dueAt);
  at.value = field(later + 24 * 3_600_000, wait.dueAt);
  if (wait.extendedBy) {
    form.querySelector("fieldset").hidden = true;
    say(form.querySelector("output"), `More time was given by ${wait.extendedBy} 已由${wait.extendedBy}延长过`, true);
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const dueAt = `${at.value}:00${offset(wait.dueAt)}`;
      await ask(`/api/cases/${encodeURIComponent(number)}/extension`, {
        method: "POST",
        headers: { "X-Requested-With": "more-time", "Content-Type": "application/json" },
        body: JSON.stringify({ action: wait.action, dueAt, reason: form.querySelector(".reason").value }),
      });
      await find(number);
    } catch (failed) {
      say(form.querySelector("output"), failed.message, false);
    } finally {
      button.disabled = false;
    }
  });
  return form;
}

async function find(number) {
  $("waits").replaceChildren();
  try {
    const waits = await ask(`/api/cases/${encodeURIComponent(number)}/waits`);
    say($("find-result"), waits.length ? "" : `${number} waits for nothing 没有等待事项`, true);
    $("waits").append(...waits.map((wait) => show(number, wait)));
  } catch (failed) {
    say($("find-result"), failed.message, false);
  }
}

$("find").addEventListener("submit", (event) => {
  event.preventDefault();
  find($("number").value.trim());
});

const asked = new URLSearchParams(location.search).get("case");
if (asked) {
  $("number").value = asked;
  find(asked);
} else {
  $("number").focus();
}
