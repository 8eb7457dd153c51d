// Draws the charts of a report. Every figure was measured before; names from the data are only ever set as text.
"use strict";
(() => {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const {
    ink, quiet, line, paper, model, baseline, champion, utc, day, figure, countRows, thousands, percent, isNumber,
    halo, dashed, base, gridY, gridX, axis, written, ticks, scale, axisX, axisY, drawable, tip, shapes,
  } = marks;

  const kinds = {
    intervals(data, width) {
      const rows = data.rows.filter(row => isNumber(row.value));
      const colour = row => `var(--${row.role})`;
      const narrow = width < 520;
      const values = rows.flatMap(row => [row.value, row.low, row.high]).filter(isNumber);
      const [low, high] = d3.extent(values), pad = (high - low || Math.abs(high) || 1) * .06;
      const whiskers = rows.filter(row => isNumber(row.low) && isNumber(row.high));
      const few = narrow ? 4 : 8;
      return Plot.plot({
        ...base(width), height: 34 + rows.length * 44,
        marginLeft: narrow ? 92 : 110, marginTop: 4, marginBottom: 26, marginRight: 22,
        x: { domain: [low - pad, high + pad], insetRight: narrow ? 24 : 0 },
        y: { domain: rows.map(row => row.label), label: null, padding: .6 },
        marks: [
          gridX({ ticks: few }),
          Plot.axisX({ ...axis, label: null, ticks: few, tickFormat: ticks(data.x) }),
          Plot.axisY({ tickSize: 0, label: null, fill: ink, fontSize: 13 }),
          Plot.ruleY(whiskers, {
            y: "label", x1: "low", x2: "high", stroke: colour, strokeWidth: 3, strokeLinecap: "round",
            strokeOpacity: .55,
          }),
          Plot.dot(rows, {
            y: "label", x: "value", r: 6, fill: colour, symbol: row => shapes[row.role], stroke: paper,
            strokeWidth: 1.5,
          }),
          Plot.text(rows, {
            y: "label", x: "value", text: row => written(data.x)(row.value), dy: -14, fontSize: 13, fontWeight: 600,
            fill: colour, ...halo,
          }),
        ],
        symbol: { type: "identity" },
      });
    },

    curve(data, width) {
      const points = drawable(data);
      const ends = of => scale(data[of], d3.extent(points, point => point[of]));
      const [x, y] = [ends("x"), ends("y")];
      const at = (of, part) => of.domain[0] + part * (of.domain[1] - of.domain[0]);
      const { mark, level } = data;
      const isRight = mark && mark.x > at(x, .6);
      return Plot.plot({
        ...base(width), height: Math.min(width, 360) * .86, x, y,
        marks: [
          gridX({ ticks: 5 }), gridY({ ticks: 5 }),
          axisX(data.x), axisY(data.y),
          data.diagonal && Plot.link([0], { x1: at(x, 0), y1: at(y, 0), x2: at(x, 1), y2: at(y, 1), ...dashed }),
          data.diagonal && Plot.text([data.diagonal], {
            x: at(x, .64), y: at(y, .56), text: text => text, textAnchor: "start", fill: quiet, ...halo,
          }),
          level && Plot.ruleY([level.value], dashed),
          level && Plot.text([level], {
            x: at(x, 1), y: "value", text: "label", textAnchor: "end", dy: level.value > at(y, .12) ? 10 : -8,
            fill: quiet, ...halo,
          }),
          Plot.line(points, { x: "x", y: "y", stroke: model, strokeWidth: 2.2 }),
          mark && Plot.dot([mark], { x: "x", y: "y", r: 5, fill: model, stroke: paper, strokeWidth: 1.5 }),
          mark && Plot.text([mark], {
            x: "x", y: "y", text: "label", dy: -13, dx: isRight ? 4 : 6, textAnchor: isRight ? "end" : "start",
            fill: ink, ...halo,
          }),
          tip(points, Plot.pointer, {
            x: "x", y: "y",
            title: point =>
              `${data.x.label} ${written(data.x)(point.x)}\n${data.y.label} ${written(data.y)(point.y)}`,
          }),
        ],
      });
    },

    lines(data, width) {
      const lines = data.lines.map((of, index) => ({
        name: of.name, colour: `var(--line-${index % 6 + 1})`, dash: ["", "6 3", "2 3"][Math.floor(index / 6) % 3],
        points: drawable(of).map(point => ({ ...point, name: of.name })),
      }));
      const points = lines.flatMap(of => of.points);
      const ends = of => scale(data[of], d3.extent(points, point => point[of]));
      const [x, y] = [ends("x"), ends("y")];
      const [low, high] = [Math.max(x.domain[0], y.domain[0]), Math.min(x.domain[1], y.domain[1])];
      const svg = Plot.plot({
        ...base(width), height: Math.min(width, 360) * .86, x, y,
        marks: [
          gridX({ ticks: 5 }), gridY({ ticks: 5 }),
          axisX(data.x), axisY(data.y),
          data.diagonal && low < high && Plot.link([0], { x1: low, y1: low, x2: high, y2: high, ...dashed }),
          // The first is what the others are held against: it lies above them.
          ...lines.toReversed().map(of => Plot.line(of.points, {
            x: "x", y: "y", stroke: of.colour, strokeWidth: 1.8, strokeDasharray: of.dash || undefined,
          })),
          tip(points, Plot.pointer, {
            x: "x", y: "y",
            title: point => `${point.name}\n${data.x.label} ${written(data.x)(point.x)}\n`
              + `${data.y.label} ${written(data.y)(point.y)}`,
          }),
        ],
      });
      const keys = document.createElement("div");
      keys.className = "keys";
      [...lines, ...(data.diagonal ? [{ name: data.diagonal, colour: baseline, dash: "4 4" }] : [])].forEach(of => {
        const key = document.createElement("span");
        key.style.setProperty("--key", of.colour);
        if (of.dash) key.className = "dashed";
        key.textContent = of.name;
        keys.append(key);
      });
      return [svg, keys];
    },

    bins(data, width) {
      const points = drawable(data);
      const [low, high] = d3.extent(points.flatMap(point => [point.x, point.y]));
      const pad = (high - low || 1) * .05;
      const begin = data.x.percent ? Math.max(0, low - pad) : low - pad;
      const domain = [data.x.percent && begin < .1 ? 0 : begin, high + pad];
      const format = written(data.x);
      return Plot.plot({
        ...base(width), height: Math.min(width, 360) * .86, x: { domain }, y: { domain },
        r: { range: [2.5, 6], domain: [0, d3.max(points, point => point.rows)] },
        marks: [
          gridX({ ticks: 5 }), gridY({ ticks: 5 }),
          axisX(data.x), axisY(data.y),
          Plot.link([0], { x1: domain[0], y1: domain[0], x2: domain[1], y2: domain[1], ...dashed }),
          Plot.line(points, { x: "x", y: "y", stroke: model, strokeOpacity: .45 }),
          Plot.dot(points, { x: "x", y: "y", r: "rows", fill: model, stroke: paper }),
          tip(points, Plot.pointer, {
            x: "x", y: "y",
            title: point =>
              `predicted ${format(point.x)}\nobserved ${format(point.y)}\n${countRows(point.rows)}`,
          }),
        ],
      });
    },

    histogram(data, width) {
      const { bins, mark } = data;
      const peak = d3.max(bins, bin => bin.rows);
      const format = written(data.x);
      return Plot.plot({
        ...base(width), height: Math.min(width, 360) * .86, marginLeft: 52,
        x: { domain: [bins[0].from, bins[bins.length - 1].to] }, y: { domain: [0, peak * 1.08] },
        marks: [
          gridY({ ticks: 5 }),
          axisX(data.x), axisY({ label: data.counted.toLowerCase() }, { tickFormat: thousands }),
          Plot.rectY(bins, {
            x1: "from", x2: "to", y: "rows", fill: model, inset: .5,
            fillOpacity: bin => mark && bin.to <= mark.value ? .45 : 1,
          }),
          Plot.ruleY([0], { stroke: quiet }),
          mark && Plot.ruleX([mark.value], { stroke: ink, strokeWidth: 1.5 }),
          tip(bins, Plot.pointerX, {
            x: bin => (bin.from + bin.to) / 2, y: "rows",
            title: bin => `${format(bin.from)} to ${format(bin.to)}\n${countRows(bin.rows)}`,
          }),
        ],
      });
    },

    spread(data, width) {
      const { bins, beside, mark } = data;
      const steps = [
        { x: beside[0].from, y: 0 },
        ...beside.flatMap(bin => [{ x: bin.from, y: bin.share }, { x: bin.to, y: bin.share }]),
        { x: beside[beside.length - 1].to, y: 0 },
      ];
      const peak = d3.max([...bins, ...beside], bin => bin.share);
      const format = written(data.x);
      const [now, then] = [data.counted.toLowerCase(), data.countedBeside.toLowerCase()];
      return Plot.plot({
        ...base(width), height: Math.max(240, width * .34),
        x: { domain: [bins[0].from, bins[bins.length - 1].to] }, y: { domain: [0, peak * 1.08] },
        marks: [
          gridY({ ticks: 5 }),
          axisX(data.x, { ticks: width < 520 ? 5 : 10 }),
          axisY({ label: "share of rows", percent: true }),
          Plot.rectY(bins, { x1: "from", x2: "to", y: "share", fill: model, fillOpacity: .75, inset: .5 }),
          Plot.line(steps, { x: "x", y: "y", stroke: ink, strokeWidth: 1.6 }),
          Plot.ruleY([0], { stroke: quiet }),
          mark && Plot.ruleX([mark.value], { stroke: champion, strokeWidth: 1.5, strokeDasharray: "5 3" }),
          mark && Plot.text([mark], {
            x: "value", y: peak * 1.08, dy: -9, text: "label", fill: champion, textAnchor: "middle",
          }),
          tip(bins, Plot.pointerX, {
            x: bin => (bin.from + bin.to) / 2, y: "share",
            title: (bin, index) =>
              `${format(bin.from)} to ${format(bin.to)}\n${now} ${percent(bin.share)}\n`
              + `${then} ${percent(beside[index]?.share ?? 0)}`,
          }),
        ],
      });
    },

    periods(data, width) {
      const points = data.points.map(point => ({ ...point, at: utc(point.from) }));
      const value = index => point => point.values[index] ?? NaN;
      const lines = data.lines.map((of, index) => ({ ...of, value: value(index), isModel: of.role === "model" }));
      // What is compared with lies below.
      const below = [...lines].sort((one, other) => one.isModel - other.isModel);
      const last = of => points.filter(point => !isNaN(of.value(point))).slice(-1);
      const colour = of => of.isModel ? model : `var(--${of.role})`;
      const said = of => point => isNaN(of.value(point)) ? "–" : written(data.y)(of.value(point));
      const anywhere = point => lines.map(of => of.value(point)).find(found => !isNaN(found)) ?? NaN;
      return Plot.plot({
        ...base(width), height: Math.max(210, width * .27), marginRight: 66,
        x: { type: "utc" }, y: { nice: true, inset: 8 },
        marks: [
          gridY({ ticks: 5 }),
          Plot.axisX({ ...axis, label: null, ticks: width < 520 ? 4 : 8 }),
          axisY(data.y),
          ...below.map(of => Plot.line(points, {
            x: "at", y: of.value, stroke: colour(of), strokeWidth: of.isModel ? 2.2 : 1.6,
            strokeDasharray: of.isModel ? undefined : "4 4",
          })),
          ...below.filter(of => of.isModel).map(of =>
            Plot.dot(points, { x: "at", y: of.value, r: 3.5, fill: colour(of), stroke: paper })),
          ...lines.map(of => Plot.text(last(of), {
            x: "at", y: of.value, text: () => of.name, textAnchor: "start", dx: 9, fontWeight: 600,
            fill: of.role === "baseline" ? quiet : colour(of),
          })),
          tip(points, Plot.pointerX, {
            x: "at", y: anywhere,
            title: point => [
              `${data.of.toLowerCase()} ${day(point.at)}`,
              ...lines.map(of => `${of.name} ${said(of)(point)}`),
              countRows(point.rows),
            ].join("\n"),
          }),
        ],
      });
    },

    run(data, width) {
      const stops = data.stops.filter(stop => isNumber(stop.value));
      const named = stops.some(stop => stop.name);
      const [low, high] = d3.extent(stops, stop => stop.value);
      const pad = (high - low || Math.abs(high) || 1) * .12;
      // Rows are drawn as a foot, a quarter as high as the chart.
      const [floor, top] = [low - pad - (high - low + 2 * pad) / 3, high + pad];
      const most = d3.max(stops, stop => stop.rows);
      const foot = stop => floor + stop.rows / most * (top - floor) / 4;
      const at = named ? "name" : "at";
      const places = stops.map(stop => stop.at);
      const border = index => index < 0 ? places[0] : index >= places.length - 1 ? places[places.length - 1]
        : (places[index] + places[index + 1]) / 2;
      const short = text => text.length > 9 ? text.slice(0, 8) + "…" : text;
      return Plot.plot({
        ...base(width), height: Math.min(width, 360) * .8, marginLeft: 56, marginBottom: named ? 64 : 40,
        x: named ? { domain: stops.map(stop => stop.name), padding: .25 } : {},
        y: { domain: [floor, top] },
        marks: [
          gridY({ ticks: 5 }),
          named
            ? Plot.axisX({ tickSize: 0, label: null, fill: quiet, tickRotate: -40, tickFormat: short })
            : axisX(data.x),
          axisY(data.y),
          named
            ? Plot.barY(stops, { x: "name", y1: floor, y2: foot, fill: baseline, fillOpacity: .35 })
            : Plot.rect(stops, {
              x1: (stop, index) => border(index - 1), x2: (stop, index) => border(index), y1: floor, y2: foot,
              fill: baseline, fillOpacity: .35, inset: .5,
            }),
          named ? null : Plot.line(stops, { x: at, y: "value", stroke: model, strokeWidth: 2.2 }),
          Plot.dot(stops, { x: at, y: "value", r: named ? 4.5 : 2.5, fill: model, stroke: paper }),
          tip(stops, Plot.pointerX, {
            x: at, y: "value",
            title: stop =>
              `${data.x.label} ${stop.name ?? figure(stop.at)}\n${data.y.label} ${written(data.y)(stop.value)}\n`
              + countRows(stop.rows),
          }),
        ],
      });
    },

    swarm(data, width) {
      const points = data.lines.flatMap(line => line.values.map((value, index) =>
        ({ name: line.name, value, shade: line.shades[index] }))).filter(point => isNumber(point.value));
      const [low, high] = d3.extent(points, point => point.value);
      const [narrow, tall, r] = [width < 520, 46, 2.1];
      const left = narrow ? 96 : 170;
      const x = d3.scaleLinear([low, high], [left, width - 20]);
      // Points that would cover each other go up and down in turns, as far as the line is high.
      const placed = d3.groups(points, point => point.name).flatMap(([, own]) => {
        const taken = new Map();
        return own.map(point => {
          const place = Math.round(x(point.value) / (r * 1.7));
          const before = taken.get(place) ?? 0;
          taken.set(place, before + 1);
          const lift = Math.ceil(before / 2) * r * 1.5 % (tall / 2 - 3);
          return { ...point, lift: before % 2 ? lift : -lift };
        });
      });
      const shade = d3.interpolateRgb("#3b82c4", "#c2410c");
      const short = text => text.length > (narrow ? 13 : 24) ? text.slice(0, narrow ? 12 : 23) + "…" : text;
      const lifts = d3.groups(placed, point => point.lift);
      return Plot.plot({
        ...base(width), height: 44 + data.lines.length * tall, marginLeft: left, marginTop: 4, marginRight: 20,
        x: { domain: [low, high] }, y: { domain: data.lines.map(line => line.name), label: null },
        marks: [
          gridX({ ticks: narrow ? 4 : 8 }),
          axisX(data.x, { ticks: narrow ? 4 : 8 }),
          Plot.axisY({ tickSize: 0, label: null, fill: ink, fontSize: 12, tickFormat: short }),
          Plot.ruleX([0], { stroke: quiet }),
          ...lifts.map(([lift, some]) => Plot.dot(some, {
            x: "value", y: "name", dy: lift, r, fillOpacity: .75,
            fill: point => isNumber(point.shade) ? shade(point.shade) : baseline,
          })),
        ],
        color: { type: "identity" },
      });
    },

    timeline(data, width) {
      const days = data.days.map(each => {
        const at = utc(each.from);
        return { ...each, at, end: d3.utcDay.offset(at, 1) };
      });
      const parts = d3.groups(days.filter(each => each.part !== "gap"), each => each.part)
        .map(([part, rows]) => ({ part, from: d3.min(rows, row => row.at), to: d3.max(rows, row => row.end) }));
      const sums = d3.rollup(days, rows => d3.sum(rows, row => row.rows), each => +each.at);
      const peak = d3.max(sums.values());
      const span = d3.max(days, each => each.end) - d3.min(days, each => each.at);
      const fits = part => (part.to - part.from) / span * (width - 60) > part.part.length * 6.2;
      const inset = days.length > 150 || width < 520 ? 0 : .4;
      const top = peak * 1.05;
      return Plot.plot({
        ...base(width), height: 178, marginTop: 38,
        x: { type: "utc" }, y: { domain: [0, top] },
        marks: [
          gridY({ ticks: 3 }),
          Plot.axisX({ ...axis, label: null, ticks: width < 520 ? 4 : 9 }),
          Plot.axisY({ ...axis, label: null, ticks: 3, tickFormat: thousands }),
          Plot.rectY(days, {
            x1: "at", x2: "end", y: "rows", fill: each => `var(--${each.part})`, insetLeft: inset, insetRight: inset,
          }),
          Plot.ruleY([0], { stroke: quiet }),
          Plot.ruleY(parts, {
            y: top, x1: "from", x2: "to", dy: -7, stroke: part => `var(--${part.part})`, strokeWidth: 3,
            insetLeft: 1, insetRight: 1,
          }),
          Plot.text(parts.filter(fits), {
            x: part => new Date((+part.from + +part.to) / 2), y: top, dy: -18, text: "part", fill: ink, fontSize: 13,
          }),
          tip(days, Plot.pointerX, {
            x: "at", y: "rows",
            title: each =>
              `${day(each.at)}\n${each.part === "gap" ? "gap: left out" : each.part}\n${countRows(each.rows)}`,
          }),
        ],
      });
    },
  };

  const draw = place => {
    const chart = charts[place.dataset.chart];
    const width = Math.round(place.clientWidth);
    if (!chart || width === 0 || place.drawnAt === width) return;
    place.drawnAt = width;
    const drawn = [kinds[chart.kind](chart.data, width)].flat();
    drawn.forEach(part => part.setAttribute("aria-hidden", "true"));
    place.replaceChildren(...drawn);
  };
  const places = [...document.querySelectorAll("[data-chart]")];
  places.forEach(draw);
  const watch = new ResizeObserver(entries => {
    if (!matchMedia("print").matches) entries.forEach(entry => draw(entry.target));
  });
  places.forEach(place => watch.observe(place));

  // On paper nothing can be unfolded.
  const folded = () => [...document.querySelectorAll("details.paper, details.more")];
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = folded().filter(details => !details.open);
    opened.forEach(details => { details.open = true; });
  });
  addEventListener("afterprint", () => { opened.forEach(details => { details.open = false; }); });
})();
