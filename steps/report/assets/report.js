// Draws the charts of a report. Every figure was measured before; names from the data are only ever set as text.
"use strict";
(() => {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const ink = "var(--ink)", quiet = "var(--quiet)", line = "var(--line)", model = "var(--model)", baseline = "var(--baseline)";
  const utc = text => new Date(text + "Z");
  const figure = value => value === 0 ? "0" : Math.abs(value) >= 1000 ? d3.format(",.4~r")(value) : Math.abs(value) >= 10 ? d3.format(".1f")(value) : d3.format(".3f")(value);
  const count = d3.format(",");
  const thousands = value => value >= 10000 ? d3.format("~s")(value) : count(value);
  const percent = value => d3.format(".3~r")(value * 100) + " %";
  const halo = { stroke: "var(--paper)", strokeWidth: 4, paintOrder: "stroke" };
  const tip = { fill: "var(--tip)", stroke: line, textPadding: 7, fontSize: 12, lineHeight: 1.25 };
  const base = width => ({ width, marginLeft: 46, marginRight: 14, marginTop: 26, marginBottom: 40, style: { fontFamily: "inherit", fontSize: "12px" } });
  const gridY = options => Plot.gridY({ stroke: line, strokeOpacity: .7, ...options });
  const gridX = options => Plot.gridX({ stroke: line, strokeOpacity: .7, ...options });
  const axis = { tickSize: 0, labelArrow: "none", fill: quiet };
  const share = { domain: [0, 1] };
  const shares = { tickFormat: percent, ticks: 5 };

  const kinds = {
    whiskers(data, width) {
      const rows = data.rows.filter(row => row.value !== null);
      const colour = row => `var(--${row.role})`;
      const narrow = width < 520;
      const values = rows.flatMap(row => [row.value, row.low, row.high]).filter(value => value !== null);
      const [low, high] = d3.extent(values), pad = (high - low || Math.abs(high) || 1) * .06;
      return Plot.plot({
        ...base(width), height: 34 + rows.length * 44, marginLeft: narrow ? 92 : 110, marginTop: 4, marginBottom: 26, marginRight: 22,
        x: { domain: [low - pad, high + pad], insetRight: narrow ? 24 : 0 },
        y: { domain: rows.map(row => row.label), label: null, padding: .6 },
        marks: [
          gridX({ ticks: narrow ? 4 : 8 }),
          Plot.axisX({ ...axis, label: null, ticks: narrow ? 4 : 8 }),
          Plot.axisY({ tickSize: 0, label: null, fill: ink, fontSize: 13 }),
          Plot.ruleY(rows.filter(row => row.low !== null && row.low !== undefined), { y: "label", x1: "low", x2: "high", stroke: colour, strokeWidth: 3, strokeLinecap: "round", strokeOpacity: .55 }),
          Plot.dot(rows, { y: "label", x: "value", r: 6, fill: colour, symbol: row => ({ model: "circle", champion: "diamond", baseline: "square" })[row.role], stroke: "var(--paper)", strokeWidth: 1.5 }),
          Plot.text(rows, { y: "label", x: "value", text: row => figure(row.value), dy: -14, fontSize: 13, fontWeight: 600, fill: colour, ...halo }),
        ],
        symbol: { type: "identity" },
      });
    },

    curve(data, width) {
      const points = data.points.filter(point => point.x !== null && point.y !== null);
      return Plot.plot({
        ...base(width), height: Math.min(width, 360) * .86, x: share, y: share,
        marks: [
          gridX({ ticks: 5 }), gridY({ ticks: 5 }),
          Plot.axisX({ ...axis, ...shares, label: data.xLabel, labelAnchor: "right" }),
          Plot.axisY({ ...axis, ...shares, label: data.yLabel, labelAnchor: "top" }),
          data.diagonal ? Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: baseline, strokeDasharray: "4 4" }) : null,
          data.diagonal ? Plot.text([0], { x: .64, y: .56, text: () => "guessing", textAnchor: "start", fill: quiet, ...halo }) : null,
          typeof data.level === "number" ? Plot.ruleY([data.level], { stroke: baseline, strokeDasharray: "4 4" }) : null,
          typeof data.level === "number" ? Plot.text([data.level], { x: 1, y: d => d, text: () => "guessing", textAnchor: "end", dy: data.level > .12 ? 10 : -8, fill: quiet, ...halo }) : null,
          Plot.line(points, { x: "x", y: "y", stroke: model, strokeWidth: 2.2 }),
          data.mark ? Plot.dot([data.mark], { x: "x", y: "y", r: 5, fill: model, stroke: "var(--paper)", strokeWidth: 1.5 }) : null,
          data.mark ? Plot.text([data.mark], { x: "x", y: "y", text: "label", dy: -13, dx: data.mark.x > .6 ? 4 : 6, textAnchor: data.mark.x > .6 ? "end" : "start", fill: ink, ...halo }) : null,
          Plot.tip(points, Plot.pointer({ x: "x", y: "y", title: point => `${data.xLabel} ${percent(point.x)}\n${data.yLabel} ${percent(point.y)}`, ...tip })),
        ],
      });
    },

    bins(data, width) {
      const points = data.points.filter(point => point.x !== null && point.y !== null);
      const [low, high] = d3.extent(points.flatMap(point => [point.x, point.y]));
      const probability = low >= 0 && high <= 1;
      const pad = (high - low || 1) * .05, domain = [probability ? Math.max(0, low - pad) : low - pad, high + pad];
      if (probability && domain[0] < .1) domain[0] = 0;
      const format = probability ? percent : figure;
      return Plot.plot({
        ...base(width), height: Math.min(width, 360) * .86, x: { domain }, y: { domain }, r: { range: [2.5, 6], domain: [0, d3.max(points, point => point.rows)] },
        marks: [
          gridX({ ticks: 5 }), gridY({ ticks: 5 }),
          Plot.axisX({ ...axis, label: data.xLabel, labelAnchor: "right", ticks: 5, tickFormat: probability ? percent : undefined }),
          Plot.axisY({ ...axis, label: data.yLabel, labelAnchor: "top", ticks: 5, tickFormat: probability ? percent : undefined }),
          Plot.link([0], { x1: domain[0], y1: domain[0], x2: domain[1], y2: domain[1], stroke: baseline, strokeDasharray: "4 4" }),
          Plot.line(points, { x: "x", y: "y", stroke: model, strokeOpacity: .45 }),
          Plot.dot(points, { x: "x", y: "y", r: "rows", fill: model, stroke: "var(--paper)" }),
          Plot.tip(points, Plot.pointer({ x: "x", y: "y", title: point => `predicted ${format(point.x)}\nobserved ${format(point.y)}\n${count(point.rows)} rows`, ...tip })),
        ],
      });
    },

    histogram(data, width) {
      const has = typeof data.threshold === "number";
      const peak = d3.max(data.bins, bin => bin.rows);
      return Plot.plot({
        ...base(width), height: Math.min(width, 360) * .86, marginLeft: 52,
        x: { domain: [data.bins[0].from, data.bins[data.bins.length - 1].to] }, y: { domain: [0, peak * 1.08] },
        marks: [
          gridY({ ticks: 5 }),
          Plot.axisX({ ...axis, label: data.xLabel, labelAnchor: "right", ticks: 5 }),
          Plot.axisY({ ...axis, label: "rows", labelAnchor: "top", ticks: 5, tickFormat: thousands }),
          Plot.rectY(data.bins, { x1: "from", x2: "to", y: "rows", fill: model, fillOpacity: bin => has && bin.to <= data.threshold ? .45 : 1, inset: .5 }),
          Plot.ruleY([0], { stroke: quiet }),
          has ? Plot.ruleX([data.threshold], { stroke: ink, strokeWidth: 1.5 }) : null,
          Plot.tip(data.bins, Plot.pointerX({ x: bin => (bin.from + bin.to) / 2, y: "rows", title: bin => `${figure(bin.from)} to ${figure(bin.to)}\n${count(bin.rows)} rows`, ...tip })),
        ],
      });
    },

    weeks(data, width) {
      const points = data.points.map(point => ({ ...point, at: utc(point.from), model: point.model ?? NaN, baseline: point.baseline ?? NaN }));
      const last = key => points.filter(point => !isNaN(point[key])).slice(-1);
      const ends = [["model", "model", model], ["baseline", "baseline", quiet]];
      return Plot.plot({
        ...base(width), height: Math.max(210, width * .27), marginRight: 66,
        x: { type: "utc" }, y: { nice: true, inset: 8 },
        marks: [
          gridY({ ticks: 5 }),
          Plot.axisX({ ...axis, label: null, ticks: width < 520 ? 4 : 8 }),
          Plot.axisY({ ...axis, label: data.title, labelAnchor: "top", ticks: 5 }),
          Plot.line(points, { x: "at", y: "baseline", stroke: baseline, strokeWidth: 1.6, strokeDasharray: "4 4" }),
          Plot.line(points, { x: "at", y: "model", stroke: model, strokeWidth: 2.2 }),
          Plot.dot(points, { x: "at", y: "model", r: 3.5, fill: model, stroke: "var(--paper)" }),
          ...ends.map(([key, name, fill]) => Plot.text(last(key), { x: "at", y: key, text: () => name, textAnchor: "start", dx: 9, fontWeight: 600, fill })),
          Plot.tip(points, Plot.pointerX({ x: "at", y: point => isNaN(point.model) ? point.baseline : point.model, title: point => `week of ${d3.utcFormat("%-d %b %Y")(point.at)}\nmodel ${isNaN(point.model) ? "–" : figure(point.model)}\nbaseline ${isNaN(point.baseline) ? "–" : figure(point.baseline)}\n${count(point.rows)} rows`, ...tip })),
        ],
      });
    },

    timeline(data, width) {
      const days = data.days.map(day => ({ ...day, at: utc(day.from), end: d3.utcDay.offset(utc(day.from), 1) }));
      const parts = d3.groups(days.filter(day => day.part !== "gap"), day => day.part)
        .map(([part, rows]) => ({ part, from: d3.min(rows, row => row.at), to: d3.max(rows, row => row.end) }));
      const peak = d3.max(d3.rollups(days, rows => d3.sum(rows, row => row.rows), day => +day.at), ([, rows]) => rows);
      const span = d3.max(days, day => day.end) - d3.min(days, day => day.at);
      const fits = part => (part.to - part.from) / span * (width - 60) > part.part.length * 6.2;
      const inset = days.length > 150 || width < 520 ? 0 : .4;
      return Plot.plot({
        ...base(width), height: 178, marginTop: 38,
        x: { type: "utc" }, y: { domain: [0, peak * 1.05] },
        marks: [
          gridY({ ticks: 3 }),
          Plot.axisX({ ...axis, label: null, ticks: width < 520 ? 4 : 9 }),
          Plot.axisY({ ...axis, label: null, ticks: 3, tickFormat: thousands }),
          Plot.rectY(days, { x1: "at", x2: "end", y: "rows", fill: day => `var(--${day.part})`, insetLeft: inset, insetRight: inset }),
          Plot.ruleY([0], { stroke: quiet }),
          Plot.ruleY(parts, { y: peak * 1.05, x1: "from", x2: "to", dy: -7, stroke: part => `var(--${part.part})`, strokeWidth: 3, insetLeft: 1, insetRight: 1 }),
          Plot.text(parts.filter(fits), { x: part => new Date((+part.from + +part.to) / 2), y: peak * 1.05, dy: -18, text: "part", fill: ink, fontSize: 13 }),
          Plot.tip(days, Plot.pointerX({ x: "at", y: "rows", title: day => `${d3.utcFormat("%-d %b %Y")(day.at)}\n${day.part === "gap" ? "gap: left out" : day.part}\n${count(day.rows)} rows`, ...tip })),
        ],
      });
    },

    spread(data, width) {
      const steps = bins => [{ x: bins[0].from, y: 0 }, ...bins.flatMap(bin => [{ x: bin.from, y: bin.share }, { x: bin.to, y: bin.share }]), { x: bins[bins.length - 1].to, y: 0 }];
      const has = typeof data.threshold === "number";
      const peak = d3.max([...data.now, ...data.training], bin => bin.share);
      return Plot.plot({
        ...base(width), height: Math.max(240, width * .34),
        x: { domain: [data.now[0].from, data.now[data.now.length - 1].to] }, y: { domain: [0, peak * 1.08] },
        marks: [
          gridY({ ticks: 5 }),
          Plot.axisX({ ...axis, label: data.xLabel, labelAnchor: "right", ticks: width < 520 ? 5 : 10 }),
          Plot.axisY({ ...axis, label: "share of rows", labelAnchor: "top", ticks: 5, tickFormat: percent }),
          Plot.rectY(data.now, { x1: "from", x2: "to", y: "share", fill: model, fillOpacity: .75, inset: .5 }),
          Plot.line(steps(data.training), { x: "x", y: "y", stroke: ink, strokeWidth: 1.6 }),
          Plot.ruleY([0], { stroke: quiet }),
          has ? Plot.ruleX([data.threshold], { stroke: "var(--champion)", strokeWidth: 1.5, strokeDasharray: "5 3" }) : null,
          has ? Plot.text([data.threshold], { x: d => d, y: peak * 1.08, dy: -9, text: () => `threshold ${figure(data.threshold)}`, fill: "var(--champion)", textAnchor: "middle" }) : null,
          Plot.tip(data.now, Plot.pointerX({ x: bin => (bin.from + bin.to) / 2, y: "share", title: (bin, index) => `${figure(bin.from)} to ${figure(bin.to)}\nnow ${percent(bin.share)}\ntraining ${percent(data.training[index]?.share ?? 0)}`, ...tip })),
        ],
      });
    },
  };

  const draw = place => {
    const chart = charts[place.dataset.chart];
    const width = Math.round(place.clientWidth);
    if (!chart || width === 0 || place.drawnAt === width) return;
    place.drawnAt = width;
    const svg = kinds[chart.kind](chart.data, width);
    svg.setAttribute("aria-hidden", "true");
    place.replaceChildren(svg);
  };
  const places = [...document.querySelectorAll("[data-chart]")];
  places.forEach(draw);
  const watch = new ResizeObserver(entries => { if (!matchMedia("print").matches) entries.forEach(entry => draw(entry.target)); });
  places.forEach(place => watch.observe(place));

  // On paper nothing can be unfolded.
  const folded = () => [...document.querySelectorAll("details.paper, details.more")];
  let opened = [];
  addEventListener("beforeprint", () => { opened = folded().filter(details => !details.open); opened.forEach(details => { details.open = true; }); });
  addEventListener("afterprint", () => { opened.forEach(details => { details.open = false; }); });
})();
