"use strict";
// The page over all reports: asks the server what there is, again and again; searches, sorts. It never writes HTML.
(() => {
  const $ = (selector) => document.querySelector(selector);
  const { token } = $("meta[name=tieout]").dataset;
  const form = $("#search"), body = $("#reports"), heads = [...document.querySelectorAll("th button")];
  const AGAIN = 2000; // milliseconds
  let reports = [], tag = "";

  // What is searched for and the order stand in the address: they stay over a reload and a visit to a report.
  const start = new URLSearchParams(location.hash.slice(1));
  form.words.value = start.get("words") ?? "";
  form.open.checked = start.has("open");
  let order = start.get("order") ?? "-open";

  const make = (tag, looks, words = "") => {
    const made = document.createElement(tag);
    made.className = looks;
    made.textContent = words;
    return made;
  };
  const number = (count) => count.toLocaleString("en");
  const plural = (count, one) => `${number(count)} ${one}${count === 1 ? "" : "s"}`;
  const names = new Intl.Collator("en", { numeric: true }).compare;

  const row = (report) => {
    const line = make("tr", report.error ? "unread" : report.open ? "" : "done"), first = make("td", "");
    const name = make(report.page ? "a" : "span", ""), text = make("bdi", "", report.shown);
    name.append(text);
    if (report.page) name.href = `/report/${encodeURIComponent(report.report)}`;
    else if (!report.error) name.title = "It has no page: run it again, without --no-page";
    first.append(name);
    line.append(first);
    if (report.error) {
      const why = make("td", "unread", `not read: ${report.error}`);
      why.colSpan = heads.length - 1;
      line.append(why);
      return line;
    }
    const progress = make("td", "progress");
    if (report.findings) {
      const bar = make("progress", "");
      bar.max = report.findings;
      bar.value = report.decided;
      progress.append(bar, ` ${report.decided} of ${report.findings}`);
    }
    line.append(make("td", report.open ? "some" : "", report.open ? number(report.open) : "–"), progress);
    for (const key of ["errors", "warnings", "notes", "compared", "claims", "bound"]) {
      const grave = report[key] && ["errors", "warnings"].includes(key) ? `some ${key.slice(0, -1)}` : "";
      line.append(make("td", grave, number(report[key])));
    }
    return line;
  };
  const draw = () => {
    const wanted = form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const down = order.startsWith("-"), key = order.replace("-", "");
    const value = (report) => (key === "done" ? (report.findings ? report.decided / report.findings : 1.5) : report[key]);
    const found = reports.filter((report) => (!form.open.checked || report.open)
      && wanted.every((word) => report.words.includes(word)));
    found.sort((a, b) => {
      const apart = key === "report" ? names(a.shown, b.shown) : (value(a) ?? -1) - (value(b) ?? -1);
      return (down ? -apart : apart) || names(a.shown, b.shown);
    });
    body.replaceChildren(...found.map(row));
    for (const head of heads) {
      const mine = head.dataset.key === key;
      head.parentNode.ariaSort = mine ? (down ? "descending" : "ascending") : "none";
    }
    $("#none").hidden = found.length > 0 || !reports.length;
    $("#shown").textContent = found.length < reports.length ? `${number(found.length)} of ${plural(reports.length, "report")}` : "";
    const address = new URLSearchParams({ ...(form.words.value && { words: form.words.value }), ...(form.open.checked && { open: "" }), order });
    history.replaceState(null, "", `#${address}`);
  };
  const sum = (key) => reports.reduce((all, report) => all + (report[key] ?? 0), 0);
  const told = () => {
    const findings = sum("findings"), decided = sum("decided"), unread = reports.filter((report) => report.error).length;
    $("#all").max = findings || 1;
    $("#all").value = findings ? decided : 1;
    $("#told").textContent = `${plural(reports.length, "report")}${unread ? `, ${number(unread)} not read` : ""} · ${number(decided)} of ${plural(findings, "finding")} decided`;
  };
  const ask = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch("/api/reports", { headers: { "X-Tieout-Token": token, "If-None-Match": tag } });
        if (answer.status === 200) {
          tag = answer.headers.get("ETag");
          reports = (await answer.json()).reports;
          draw();
        }
        if (answer.ok || answer.status === 304) told();
        else $("#told").textContent = await answer.text();
      } catch {
        $("#told").textContent = "tieout review has stopped: start it again";
      }
    }
    setTimeout(ask, AGAIN);
  };

  form.addEventListener("input", draw);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const head of heads) {
    head.addEventListener("click", () => {
      const { key } = head.dataset, first = key === "report" || key === "done" ? key : `-${key}`;
      order = order === first ? (first.startsWith("-") ? key : `-${key}`) : first;
      draw();
    });
  }
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input") || event.ctrlKey || event.metaKey || event.altKey) return;
    form.words.focus();
    event.preventDefault();
  });
  ask();
})();
