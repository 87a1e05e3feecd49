// Charts from the JSON that the page carries (library_site/shared/charts.py): {kind, title, unit, names, series:
// [{name, values}], goal, goal_name}. A table says the same to screen readers and on paper. Series differ by pattern,
// dash and mark as well as by colour.

const PAPER_WIDTH = 680; // what A4 leaves between its margins, in CSS pixels
const ROW_HEIGHT = 30; // of one lying bar with the room around it
const MARKS = ["circle", "emptyDiamond", "triangle", "rect", "emptyCircle"];
const DASHES = ["solid", "dashed", "dotted", "dashed", "dotted"];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function look() {
  return {
    ink: colour("--lib-ink-soft"),
    strong: colour("--lib-ink"),
    line: colour("--lib-line"),
    surface: colour("--lib-surface"),
    goal: colour("--lib-bad"),
    palette: ["a", "b", "c", "d", "e"].map((letter) => colour(`--lib-chart-${letter}`)),
    font: getComputedStyle(document.body).fontFamily,
  };
}

// The first series is plain; the others have a pattern of lines in the colour of the paper.
function pattern(place, colours) {
  if (place === 0) return { symbol: "none" };
  const turns = [0, Math.PI / 4, -Math.PI / 4, Math.PI / 2, 0];
  return {
    symbol: "rect",
    dashArrayX: [1, 0],
    dashArrayY: [2, 5],
    rotation: turns[place % turns.length],
    color: colours.surface,
  };
}

// Counts are whole; where one number of a chart is not, all have two decimals.
function written(data) {
  const whole = data.series.every((row) => row.values.every((value) => Number.isInteger(value ?? 0)));
  const decimals = whole ? 0 : 2;
  const form = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return (value) => (value === null || value === undefined ? "—" : value.toLocaleString("en-US", form));
}

function said(data) {
  const number = written(data);
  return (value) => `${number(value)} ${data.unit}`.trim();
}

function frame(data, colours) {
  const several = data.series.length > 1;
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 300,
    aria: { enabled: true, label: { description: data.title } },
    color: colours.palette,
    textStyle: { fontFamily: colours.font },
    legend: several ? { top: 0, left: 0, textStyle: { color: colours.strong }, icon: undefined } : undefined,
    grid: { left: 8, right: 16, top: several ? 40 : 16, bottom: 8, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      axisPointer: { type: data.kind === "line" ? "line" : "shadow" },
      valueFormatter: said(data),
    },
  };
}

function names(data, colours, more = {}) {
  return {
    type: "category",
    data: data.names,
    axisLabel: { color: colours.ink, hideOverlap: true, ...more },
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
  };
}

function numbers(colours, more = {}) {
  return {
    type: "value",
    axisLabel: { color: colours.ink, hideOverlap: true },
    splitLine: { lineStyle: { color: colours.line } },
    ...more,
  };
}

function goalLine(data, colours, axis) {
  if (data.goal === null || data.goal === undefined) return undefined;
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: colours.goal, type: "dashed", width: 1.5 },
    label: { formatter: data.goal_name, position: axis === "yAxis" ? "insideEndTop" : "start", color: colours.goal },
    data: [{ [axis]: data.goal }],
  };
}

// A goal above every bar must still be seen: the axis then ends at the next round number.
function reach(data) {
  if (data.goal === null || data.goal === undefined) return {};
  const step = 10 ** Math.floor(Math.log10(Math.max(data.goal, 1))) / 5;
  const above = Math.ceil((data.goal * 1.05) / step) * step;
  return { max: (range) => (range.max > above ? null : Number(above.toFixed(2))) };
}

function standing(data, colours) {
  const rotate = data.names.length > 14 ? 45 : 0;
  return {
    ...frame(data, colours),
    xAxis: names(data, colours, { rotate }),
    yAxis: numbers(colours, reach(data)),
    series: data.series.map((row, place) => ({
      type: "bar",
      name: row.name,
      data: row.values,
      barMaxWidth: 36,
      stack: data.kind === "stacked" ? "all" : undefined,
      itemStyle: { decal: pattern(place, colours) },
      markLine: place === 0 ? goalLine(data, colours, "yAxis") : undefined,
    })),
  };
}

function lines(data, colours) {
  return {
    ...frame(data, colours),
    xAxis: { ...names(data, colours), boundaryGap: false },
    yAxis: numbers(colours, reach(data)),
    series: data.series.map((row, place) => ({
      type: "line",
      name: row.name,
      data: row.values,
      symbol: MARKS[place % MARKS.length],
      symbolSize: place === 0 ? 7 : 6,
      lineStyle: { width: place === 0 ? 3 : 2, type: DASHES[place % DASHES.length] },
      z: 10 - place,
      markLine: place === 0 ? goalLine(data, colours, "yAxis") : undefined,
    })),
  };
}

function lying(data, colours) {
  const goal = data.kind === "goal" ? { ...data, goal: 100, goal_name: data.goal_name || "100%" } : data;
  const alone = data.series.length === 1;
  const number = written(data);
  const room = { width: 124, overflow: alone ? "truncate" : "break", lineHeight: 15 };
  return {
    ...frame(data, colours),
    grid: { left: 8, right: 44, top: alone ? (goal.goal ? 24 : 8) : 40, bottom: 8, containLabel: true },
    xAxis: numbers(colours, { min: 0, ...reach(goal), splitNumber: 4 }),
    yAxis: { ...names(data, colours, { color: colours.strong, interval: 0, hideOverlap: false, ...room }), inverse: true },
    series: data.series.map((row, place) => ({
      type: "bar",
      name: row.name,
      data: row.values,
      barMaxWidth: 16,
      itemStyle: { decal: pattern(place, colours) },
      label: { show: true, position: "right", color: colours.ink, formatter: ({ value }) => number(value) },
      markLine: place === 0 ? goalLine(goal, colours, "xAxis") : undefined,
    })),
  };
}

function parts(data, colours) {
  const values = data.series[0].values;
  return {
    ...frame(data, colours),
    tooltip: { trigger: "item", renderMode: "richText", confine: true, valueFormatter: said(data) },
    series: [
      {
        type: "pie",
        name: data.series[0].name,
        radius: ["28%", "56%"],
        label: { color: colours.strong, formatter: "{b}\n{d}%", overflow: "none" },
        labelLine: { length: 8, length2: 6 },
        data: data.names.map((name, place) => ({
          name,
          value: values[place],
          itemStyle: { decal: pattern(place, colours), borderColor: colours.surface, borderWidth: 2 },
        })),
      },
    ],
  };
}

const KINDS = { bar: standing, stacked: standing, line: lines, pair: lying, goal: lying, share: parts };

function read(place) {
  return JSON.parse(document.getElementById(place.dataset.chart).textContent);
}

function heightOf(data) {
  const rows = data.names.length * ROW_HEIGHT * (data.series.length > 1 ? 1.4 : 1);
  return Math.round(rows + 72);
}

function draw(place) {
  const data = read(place);
  if (data.kind === "pair" || data.kind === "goal") place.style.height = `${heightOf(data)}px`;
  const chart = window.echarts.init(place);
  chart.setOption(KINDS[data.kind](data, look()));
  new ResizeObserver(() => matchMedia("print").matches || chart.resize()).observe(place);
  addEventListener("beforeprint", () => {
    chart.resize({ width: Math.min(PAPER_WIDTH, place.clientWidth || PAPER_WIDTH), animation: { duration: 0 } });
    chart.getZr().flush();
  });
  addEventListener("afterprint", () => chart.resize({ width: "auto" }));
}

// A table that is folded away on the screen is open on paper.
function unfold() {
  const folded = [...document.querySelectorAll("details.chart-table:not([open])")];
  folded.forEach((part) => (part.open = true));
  addEventListener("afterprint", () => folded.forEach((part) => (part.open = false)), { once: true });
}

document.querySelectorAll("[data-chart]").forEach(draw);
addEventListener("beforeprint", unfold);
