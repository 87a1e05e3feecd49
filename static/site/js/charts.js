// Bar charts from the JSON that the page carries: {title, unit, names, values}. The table below the chart says the
// same to screen readers and on paper.

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function options(data) {
  const ink = colour("--lib-ink-soft");
  const line = colour("--lib-line");
  const font = getComputedStyle(document.body).fontFamily;
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    aria: { enabled: true, label: { description: data.title } },
    color: [colour("--lib-accent")],
    textStyle: { fontFamily: font },
    grid: { left: 8, right: 8, top: 36, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
    xAxis: {
      type: "category",
      data: data.names,
      axisLabel: { color: ink, interval: "auto", rotate: data.names.length > 14 ? 45 : 0 },
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: "value",
      name: data.unit,
      nameTextStyle: { color: ink, align: "left" },
      axisLabel: { color: ink },
      splitLine: { lineStyle: { color: line } },
    },
    series: [{ type: "bar", name: data.unit, data: data.values, barMaxWidth: 36 }],
  };
}

function draw(place) {
  const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const chart = window.echarts.init(place);
  chart.setOption(options(data));
  new ResizeObserver(() => chart.resize()).observe(place);
}

document.querySelectorAll("[data-chart]").forEach(draw);
