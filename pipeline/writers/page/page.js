"use strict";
// The page of a report: choose, filter, decide. It never writes HTML: what it shows is text, set as text.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const every = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse($("#data").textContent);
  const text = $("#text"), about = $("#about"), filters = $("#filters"), help = $("#help");
  const cards = every("#list > .entry");
  const tickOf = new Map(every("#strip g").map((tick) => [tick.dataset.key, tick]));
  document.documentElement.classList.add("js");

  // The pieces of each mark by its number, and the entries of the list that a figure belongs to.
  const pieces = [];
  for (const mark of text.getElementsByTagName("mark")) {
    for (const number of mark.dataset.i.split(" ")) (pieces[number] ??= []).push(mark);
  }
  const cardsOf = new Map();
  for (const card of cards) {
    for (const figure of every(".figure", card)) {
      const number = Number(figure.dataset.i);
      cardsOf.set(number, [...(cardsOf.get(number) ?? []), card]);
    }
  }
  const make = (tag, looks, words = "") => {
    const made = document.createElement(tag);
    made.className = looks;
    made.textContent = words;
    return made;
  };

  // --- the text: figures that are lit, and the way to them

  let lit = [];
  const light = (figures) => {
    for (const piece of lit) {
      piece.classList.remove("lit", "here");
      delete piece.dataset.role;
    }
    lit = [];
    for (const [role, number] of figures) {
      const found = pieces[number] ?? [];
      for (const piece of found) piece.classList.add("lit");
      if (found.length && role) found.at(-1).dataset.role ??= role;
      lit.push(...found);
    }
  };
  const bring = (found, margin = 0.3) => {
    if (!found.length) return;
    const boxes = found.map((piece) => piece.getBoundingClientRect());
    const frame = text.getBoundingClientRect();
    const top = Math.min(...boxes.map((box) => box.top)), bottom = Math.max(...boxes.map((box) => box.bottom));
    const fits = bottom - top < frame.height * 0.8;
    const wanted = fits ? (top + bottom) / 2 - frame.height / 2 : boxes[0].top - frame.height * margin;
    text.scrollTop += wanted - frame.top;
  };
  const show = (number) => {
    for (const piece of lit) piece.classList.remove("here");
    const found = pieces[number] ?? [];
    for (const piece of found) piece.classList.add("here");
    bring(found);
  };

  // --- the list: one entry chosen, those that the filters let through

  let chosen = null, turn = 0;
  const shown = () => cards.filter((card) => !card.hidden);
  const choose = (card, toText = true, toAddress = true) => {
    if (chosen) {
      chosen.classList.remove("chosen");
      $(".head", chosen).setAttribute("aria-expanded", "false");
      tickOf.get(chosen.id)?.classList.remove("chosen");
    }
    chosen = card;
    turn = 0;
    about.hidden = true;
    light(card ? every(".figure", card).map((figure) => [figure.dataset.role, Number(figure.dataset.i)]) : []);
    if (!card) return;
    card.hidden = false;
    card.classList.add("chosen");
    $(".head", card).setAttribute("aria-expanded", "true");
    const tick = tickOf.get(card.id);
    tick?.classList.add("chosen");
    tick?.parentNode.append(tick);
    if (toText) bring(lit);
    const list = card.closest("aside").getBoundingClientRect(), bar = filters.offsetHeight;
    const box = card.getBoundingClientRect();
    if (box.top < list.top + bar || box.bottom > list.bottom) {
      card.closest("aside").scrollTop += box.top - list.top - bar - 8;
    }
    if (!toAddress) return;
    try {
      history.replaceState(null, "", `#${card.id}`);
    } catch { /* a page inside another may have no address of its own */ }
  };
  const next = (step) => {
    const there = shown();
    if (!there.length) return;
    const at = there.indexOf(chosen);
    choose(there[at < 0 ? (step > 0 ? 0 : there.length - 1) : Math.min(Math.max(at + step, 0), there.length - 1)]);
  };
  const nextFigure = () => {
    const figures = chosen ? every(".figure", chosen) : [];
    if (figures.length) show(Number(figures[turn++ % figures.length].dataset.i));
  };
  const filter = () => {
    const wanted = new FormData(filters), groups = wanted.getAll("group");
    const kind = wanted.get("kind"), section = wanted.get("section"), open = wanted.has("open");
    for (const card of cards) {
      const through = groups.includes(card.dataset.group)
        && (!kind || card.dataset.kind === kind)
        && (!section || card.dataset.section === section)
        && (!open || ("evidence" in card.dataset && !card.classList.contains("decided")));
      card.hidden = !through;
      tickOf.get(card.id)?.toggleAttribute("hidden", !through);
    }
    $("#none").hidden = shown().length > 0;
    if (chosen?.hidden) choose(null);
  };

  // --- decisions: kept by the server that serves this page; where none does in this browser; where that keeps nothing
  // only while the page is open

  const words = every("#help dd b").map((word) => word.textContent);
  const prefix = `tieout:${data.report}:`;
  const memory = new Map();
  const server = $("meta[name=tieout]")?.dataset;
  const store = (() => {
    try {
      localStorage.setItem("tieout", "");
      localStorage.removeItem("tieout");
      return localStorage;
    } catch {
      return null;
    }
  })();
  const kept = (id) => {
    if (server) return null;
    try {
      const said = JSON.parse((store ? store.getItem(prefix + id) : memory.get(id)) ?? "null");
      return said && words.includes(said.decision) ? said : null;
    } catch {
      return null;
    }
  };
  const keep = (id, said) => {
    try {
      if (!store) said ? memory.set(id, JSON.stringify(said)) : memory.delete(id);
      else if (said) store.setItem(prefix + id, JSON.stringify(said));
      else store.removeItem(prefix + id);
    } catch {
      tell("This browser keeps no more: save the decisions now");
    }
  };
  const tell = (message, trouble = false) => {
    $("#told").textContent = message;
    $("#told").classList.toggle("trouble", trouble);
  };
  const decidable = cards.filter((card) => "evidence" in card.dataset);
  const refresh = (card) => {
    const mine = kept(card.id), stands = mine ? mine.evidence === card.dataset.evidence : Boolean(card.dataset.decision);
    const said = mine ?? { decision: card.dataset.decision || card.dataset.stale.split(":")[0], note: card.dataset.note };
    const stale = Boolean(said.decision) && !stands;
    card.classList.toggle("decided", stands);
    tickOf.get(card.id)?.classList.toggle("decided", stands);
    const word = $(".word", card);
    word.textContent = said.decision + (stale ? ", stale" : "");
    word.classList.toggle("stale", stale);
    word.title = stale ? "The words or the figures have changed since: look again" : "";
    for (const button of every(".decide button", card)) {
      button.setAttribute("aria-pressed", String(stands && button.dataset.decision === said.decision));
    }
    const note = $(".note", card);
    if (document.activeElement !== note) note.value = said.note ?? "";
  };
  const decide = (card, decision) => {
    if (!card || !decidable.includes(card)) return;
    const note = $(".note", card).value;
    if (server) {
      if (!decision) $(".note", card).value = "";
      send(card, decision ?? "", decision ? note : "");
      return;
    }
    keep(card.id, decision && {
      decision,
      note,
      reviewer: $("#reviewer").value.trim(),
      decided_at: `${new Date().toISOString().slice(0, 19)}Z`,
      evidence: card.dataset.evidence,
    });
    if (!decision) $(".note", card).value = "";
    refresh(card);
    count();
  };
  const count = () => {
    const done = decidable.filter((card) => card.classList.contains("decided")).length;
    const lasts = server || store ? "" : "; this browser keeps nothing, save them";
    tell(decidable.length ? `${done} of ${decidable.length} decided${lasts}` : "");
    for (const tool of every(".tools label")) tool.hidden = !decidable.length;
    $("#save").hidden = Boolean(server) || !decidable.length;
  };
  const lost = () => {
    if (!store || server) return;
    const here = new Set(cards.map((card) => prefix + card.id));
    const gone = Object.keys(store).filter((key) => key.startsWith(prefix) && !here.has(key)).length;
    $("#gone").hidden = !gone;
    $("#gone").textContent = `${gone} decision${gone === 1 ? "" : "s"} kept in this browser no longer fit${gone === 1 ? "s" : ""}: the figures have changed or agree now.`;
  };

  // --- the server: what it has of this report, asked again and again; what is decided here, sent at once

  const AGAIN = 2000; // milliseconds
  let tag = "", queue = Promise.resolve();
  const revisions = new Map(), seen = new Map();
  const typing = () => document.activeElement?.matches(".note, #reviewer")
    || decidable.some((card) => $(".note", card).value !== card.dataset.note);
  const take = (state) => {
    if (state.stamp !== server.stamp) {
      if (!typing()) location.reload();
      else tell("This report has been run again: reload the page", true);
      return;
    }
    for (const card of decidable) {
      const said = state.decisions[card.id] ?? {};
      if (seen.get(card.id) === JSON.stringify(said)) continue; // what is being typed there stays
      seen.set(card.id, JSON.stringify(said));
      for (const name of ["decision", "note", "stale"]) card.dataset[name] = said[name] ?? "";
      revisions.set(card.id, said.revision ?? "");
      $(".ledger", card)?.remove();
      const by = [said.reviewer, said.decided_at?.slice(0, 10)].filter(Boolean).join(", ");
      const words = said.stale ? `decided before, on other words or other figures: ${said.stale}` : said.decision ? `in decisions.csv: ${said.decision}` : "";
      if (words) $(".trace", card).before(make("p", "ledger", by ? `${words} (${by})` : words));
      refresh(card);
    }
    count();
  };
  // One after the other: an answer must not be overtaken by an older one.
  const ask = (said) => {
    queue = queue.then(async () => {
      const head = { "X-Tieout-Token": server.token, ...(said ? { "Content-Type": "application/json" } : { "If-None-Match": tag }) };
      const body = said && JSON.stringify({ ...said, revision: revisions.get(said.finding_id) ?? "" });
      try {
        const answer = await fetch(`/api${location.pathname}`, { method: said ? "POST" : "GET", headers: head, body });
        if (answer.status === 304) {
          if ($("#told").classList.contains("lost")) count();
          $("#told").classList.remove("lost");
          return;
        }
        const state = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : { error: await answer.text() };
        if (state.decisions) {
          tag = answer.headers.get("ETag") ?? "";
          take(state);
        }
        if (state.error && (said || answer.status !== 404)) tell(state.error, true);
      } catch {
        tell("tieout review has stopped: nothing is saved until it is started again", true);
        $("#told").classList.add("lost");
      }
    });
    return queue;
  };
  const send = (card, decision, note) => ask({
    finding_id: card.id, decision, note, reviewer: $("#reviewer").value.trim(), evidence: card.dataset.evidence,
  });
  const watch = async () => {
    if (!document.hidden) await ask();
    setTimeout(watch, AGAIN);
  };

  // A cell that a spreadsheet would take for a formula gets an apostrophe, as in the tables.
  const cell = (value) => {
    const first = value.replace(/^'+/, "")[0];
    return `"${(first && "=+-@\t\r\n＝＋－＠".includes(first) ? `'${value}` : value).replaceAll('"', '""')}"`;
  };
  const csv = () => {
    const columns = ["finding_id", "decision", "note", "reviewer", "decided_at", "evidence"];
    const rows = decidable.map((card) => ({ finding_id: card.id, ...kept(card.id) })).filter((row) => row.decision);
    const lines = [columns, ...rows.map((row) => columns.map((name) => String(row[name] ?? "")))];
    return `\ufeff${lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("")}`;
  };
  const save = () => {
    const link = make("a", "");
    link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
    link.download = `decisions-${data.report}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // --- a figure that was clicked: how it was read, and what it agrees with

  const agreeing = new Map();
  for (const relation of data.agreeing) {
    for (const [, number] of relation[2]) agreeing.set(number, [...(agreeing.get(number) ?? []), relation]);
  }
  const tellOf = (number) => {
    const facts = make("dl", "");
    (data.claims[number] ?? []).forEach((value, n) => {
      if (!value) return;
      const fact = make("div", "");
      const said = make("bdi", "", value), holder = make("dd", "");
      holder.append(said);
      fact.append(make("dt", "", data.about[n]), holder);
      facts.append(fact);
    });
    const title = make("h2", ""), close = make("button", "close", "×");
    title.append(make("bdi", "", (pieces[number] ?? []).map((piece) => piece.textContent).join(" ")));
    close.title = "Close (Esc)";
    close.addEventListener("click", () => { about.hidden = true; });
    const relations = (agreeing.get(number) ?? []).map((relation) => {
      const line = make("button", "agrees");
      line.append(make("b", "", "agrees"), ` ${relation[0]} `, make("bdi", "", relation[1]));
      line.addEventListener("click", () => { light(relation[2]); bring(lit); });
      return line;
    });
    if (!relations.length && !cardsOf.has(number)) relations.push(make("p", "trace", "compared with nothing"));
    about.replaceChildren(title, facts, ...relations, close);
    about.hidden = false;
  };
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark || String(getSelection())) return;
    const number = Number(mark.dataset.i.split(" ").at(-1));
    const own = cardsOf.get(number) ?? [];
    const card = own.find((one) => !one.hidden) ?? own[0];
    if (card && card !== chosen) choose(card, false);
    if (!card) {
      choose(null);
      light([["", number]]);
    }
    tellOf(number);
  });

  // --- events

  $("#list").addEventListener("click", (event) => {
    const card = event.target.closest(".entry"), button = event.target.closest("button");
    if (!card || !button) return;
    if (button.classList.contains("head")) card === chosen ? nextFigure() : choose(card);
    else if (button.classList.contains("figure")) show(Number(button.dataset.i));
    else if (button.dataset.decision) {
      decide(card, button.getAttribute("aria-pressed") === "true" ? null : button.dataset.decision);
    }
  });
  $("#list").addEventListener("change", (event) => {
    const card = event.target.closest(".entry"), said = card && kept(card.id);
    if (!event.target.classList.contains("note")) return;
    if (said) keep(card.id, { ...said, note: event.target.value });
    else if (card.dataset.decision) decide(card, card.dataset.decision);
  });
  $("#strip").addEventListener("click", (event) => {
    const tick = event.target.closest("g");
    if (tick) choose(document.getElementById(tick.dataset.key));
  });
  filters.addEventListener("change", filter);
  filters.addEventListener("submit", (event) => event.preventDefault());
  $("#save").addEventListener("click", save);
  $("#ask").addEventListener("click", () => help.showModal());
  $("#reviewer").addEventListener("change", (event) => {
    try { store?.setItem("tieout:reviewer", event.target.value); } catch { /* as with decisions */ }
  });
  addEventListener("storage", () => { decidable.forEach(refresh); count(); lost(); });
  addEventListener("hashchange", () => {
    const card = cards.find((one) => `#${one.id}` === location.hash);
    if (card && card !== chosen) choose(card);
  });

  const keys = {
    j: () => next(1),
    k: () => next(-1),
    Enter: nextFigure,
    u: () => decide(chosen, null),
    n: () => chosen && $(".note", chosen)?.focus(),
    "?": () => help.showModal(),
    Escape: () => (about.hidden ? choose(null) : (about.hidden = true)),
  };
  for (const word of words) keys[word[0]] = () => decide(chosen, word);
  addEventListener("keydown", (event) => {
    if (help.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (field && event.key === "Escape") field.blur();
    if (field || !Object.hasOwn(keys, event.key)) return;
    if (event.key === "Enter" && event.target.closest("button, label, a")) return;
    keys[event.key]();
    event.preventDefault();
  });

  $("#reviewer").value = server?.reviewer ?? "";
  try { $("#reviewer").value ||= store?.getItem("tieout:reviewer") ?? ""; } catch { /* as with decisions */ }
  if (server) {
    const back = make("a", "", "all reports");
    back.href = "/";
    $(".tools").prepend(back);
    $("#here").textContent = "Decisions are saved to decisions.csv as you make them.";
    watch();
  }
  decidable.forEach(refresh);
  count();
  lost();
  filter();
  const asked = location.hash && cards.find((card) => `#${card.id}` === location.hash);
  const first = asked || shown()[0];
  if (first) choose(first, true, false);
})();
