// Two charts over the last two minutes. Their numbers stand in tables beside them.
(function () {
  'use strict';
  var rateBox = document.getElementById('chart-rate');
  var latencyBox = document.getElementById('chart-latency');
  var SECONDS = 120;
  var HEIGHT = 190;
  var data = null;
  var rate = null;
  var latency = null;

  function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

  function utc(seconds) { return new Date(seconds * 1000).toISOString().substring(11, 19); }

  function span(ms) { return ms >= 1000 ? (ms / 1000) + ' s' : ms + ' ms'; }

  function axes(unit) {
    var grid = { stroke: colour('--line'), width: 1 };
    return [
      { stroke: colour('--soft'), grid: grid, ticks: grid, values: function (u, v) { return v.map(utc); }, space: 90 },
      { stroke: colour('--soft'), grid: grid, ticks: grid, size: 58, values: function (u, v) { return v.map(function (n) { return n === null ? '' : unit === '' ? String(n) : span(n); }); } }
    ];
  }

  function line(label, name, unit, dash) {
    return { label: label, stroke: colour(name), width: 2, dash: dash, spanGaps: true, points: { show: false },
      value: function (u, v) { return v === null || v === undefined ? '–' : v + unit; } };
  }

  function make(box, series, unit, values) {
    box.textContent = '';
    return new uPlot({ width: box.clientWidth, height: HEIGHT, tzDate: function (s) { return uPlot.tzDate(new Date(s * 1e3), 'Etc/UTC'); },
      series: [{ label: 'UTC', value: function (u, v) { return v === null || v === undefined ? '–' : utc(v); } }].concat(series),
      axes: axes(unit), legend: { live: false }, cursor: { drag: { x: false, y: false } },
      scales: { y: { range: function (u, min, max) { return [0, Math.max(max || 0, 1) * 1.1]; } } } }, values, box);
  }

  function draw() {
    if (!data) { return; }
    if (rate) { rate.destroy(); latency.destroy(); }
    rate = make(rateBox, [line('Settled', '--series-1', ''), line('Rejected or expired', '--series-2', '', [6, 4])], '', [data.second, data.settled, data.failed]);
    latency = make(latencyBox, [line('p50', '--series-1', ' ms'), line('p99', '--series-3', ' ms', [6, 4]), line('p99.9', '--series-2', ' ms', [2, 3])], ' ms', [data.second, data.p50, data.p99, data.p999]);
  }

  function merge(more) {
    var names = ['second', 'settled', 'failed', 'p50', 'p99', 'p999'];
    var from = data.second.indexOf(more.second[0]);
    names.forEach(function (n) {
      data[n] = (from < 0 ? data[n] : data[n].slice(0, from)).concat(more[n]).slice(-SECONDS);
    });
    rate.setData([data.second, data.settled, data.failed]);
    latency.setData([data.second, data.p50, data.p99, data.p999]);
  }

  fetch(rateBox.dataset.series, { credentials: 'same-origin' }).then(function (r) { return r.json(); }).then(function (all) {
    data = all;
    draw();
    document.addEventListener('console:series', function (e) { merge(JSON.parse(e.detail)); });
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
    new ResizeObserver(function () {
      if (rate.width !== rateBox.clientWidth) {
        rate.setSize({ width: rateBox.clientWidth, height: HEIGHT });
        latency.setSize({ width: latencyBox.clientWidth, height: HEIGHT });
      }
    }).observe(rateBox);
  });
})();
