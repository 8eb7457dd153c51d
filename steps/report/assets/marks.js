// What the charts of a report have in common: colours, figures as they are written, axes and what is shown of a point.
"use strict";
const marks = (() => {
  const [ink, quiet, line, paper] = ["var(--ink)", "var(--quiet)", "var(--line)", "var(--paper)"];
  const [model, baseline, champion] = ["var(--model)", "var(--baseline)", "var(--champion)"];
  const utc = text => new Date(text + "Z");
  const day = d3.utcFormat("%-d %b %Y");
  const figure = value => {
    const size = Math.abs(value);
    if (size === 0) return "0";
    return size >= 1000 ? d3.format(",.4~r")(value) : size >= 10 ? d3.format(".1f")(value) : d3.format(".3f")(value);
  };
  const count = d3.format(",");
  const countRows = number => `${count(number)} row${number === 1 ? "" : "s"}`;
  const thousands = value => value >= 10000 ? d3.format("~s")(value) : count(value);
  const percent = value => d3.format(".3~r")(value * 100) + " %";
  const isNumber = value => typeof value === "number";
  const halo = { stroke: paper, strokeWidth: 4, paintOrder: "stroke" };
  const dashed = { stroke: baseline, strokeDasharray: "4 4" };
  const base = width => ({
    width, marginLeft: 46, marginRight: 14, marginTop: 26, marginBottom: 40,
    style: { fontFamily: "inherit", fontSize: "12px" },
  });
  const gridY = options => Plot.gridY({ stroke: line, strokeOpacity: .7, ...options });
  const gridX = options => Plot.gridX({ stroke: line, strokeOpacity: .7, ...options });
  const axis = { tickSize: 0, labelArrow: "none", fill: quiet };

  // Of an axis of the data: how its figures are written, where its scale ends, and how it is drawn.
  const written = of => of.percent ? percent : figure;
  const ticks = of => of.percent ? percent : undefined;
  const scale = (of, domain) => ({ domain: of.domain ?? domain });
  const axisX = (of, options) =>
    Plot.axisX({ ...axis, label: of.label, labelAnchor: "right", ticks: 5, tickFormat: ticks(of), ...options });
  const axisY = (of, options) =>
    Plot.axisY({ ...axis, label: of.label, labelAnchor: "top", ticks: 5, tickFormat: ticks(of), ...options });
  const drawable = data => data.points.filter(point => isNumber(point.x) && isNumber(point.y));
  const tip = (data, pointer, options) => Plot.tip(data, pointer({
    fill: "var(--tip)", stroke: line, textPadding: 7, fontSize: 12, lineHeight: 1.25, ...options,
  }));
  const shapes = { model: "circle", champion: "diamond", baseline: "square" };

  return {
    ink, quiet, line, paper, model, baseline, champion, utc, day, figure, countRows, thousands, percent, isNumber,
    halo, dashed, base, gridY, gridX, axis, written, ticks, scale, axisX, axisY, drawable, tip, shapes,
  };
})();
