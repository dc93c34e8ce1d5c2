// What the page does beyond what it says: pausing, keys, quiet announcements. It reads without all this.
(function () {
  'use strict';
  var paused = false;
  var link = document.getElementById('link');
  var announce = document.getElementById('announce');
  var alarm = document.getElementById('alarm');
  var ANNOUNCE_EVERY_MS = 30000;
  var lastAnnounced = 0;
  var wired = new WeakSet();

  document.querySelectorAll('.scripted').forEach(function (e) { e.hidden = false; });

  function show(state, text) {
    if (!link) { return; }
    link.dataset.state = state;
    link.textContent = text;
  }

  // A list that moves under the pointer or the focus cannot be used: it waits.
  function inUse(e) {
    return e.id === 'last' && (e.matches(':hover') || e.contains(document.activeElement));
  }

  document.body.addEventListener('htmx:sseBeforeMessage', function (e) {
    if (paused || inUse(e.target)) { e.preventDefault(); }
  });
  document.body.addEventListener('htmx:sseOpen', function (e) {
    if (!paused) { show('live', 'Live'); }
    var source = e.detail.source;
    if (wired.has(source)) { return; }
    wired.add(source);
    ['series', 'alarm', 'closing'].forEach(function (name) {
      source.addEventListener(name, function (m) {
        if (name === 'closing') { show('lost', m.data === 'stopping' ? 'The switch is stopping' : 'Signed out: sign in again'); return; }
        if (paused && name === 'series') { return; }
        document.dispatchEvent(new CustomEvent('console:' + name, { detail: m.data }));
      });
    });
  });
  document.body.addEventListener('htmx:sseError', function () { show('lost', 'Connection lost, trying again'); });

  // Spoken at most every half minute; a broken proof at once.
  document.body.addEventListener('htmx:sseMessage', function (e) {
    var now = Date.now();
    var rate = document.getElementById('figure-rate');
    if (rate && e.target.contains(rate) && now - lastAnnounced >= ANNOUNCE_EVERY_MS) {
      lastAnnounced = now;
      announce.textContent = rate.textContent + ' payments settled per second';
    }
    var proof = document.getElementById('proof-state');
    if (proof && e.target.contains(proof)) {
      var text = proof.dataset.holds === 'true' ? '' : 'Proof of funds is broken';
      if (alarm.textContent !== text) { alarm.textContent = text; }
    }
  });

  var pause = document.getElementById('pause');
  function togglePause() {
    if (!pause) { return; }
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    pause.textContent = paused ? 'Resume updates' : 'Pause updates';
    show(paused ? 'paused' : 'live', paused ? 'Paused' : 'Live');
    announce.textContent = paused ? 'Updates are paused' : 'Updates go on';
  }
  if (pause) { pause.addEventListener('click', togglePause); }

  document.querySelectorAll('button.copy').forEach(function (button) {
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(button.parentNode.querySelector('.line').textContent).then(function () {
        announce.textContent = 'Command copied';
        button.textContent = 'Copied';
      });
    });
  });

  var keys = document.getElementById('keys');
  document.getElementById('help').addEventListener('click', function () { keys.showModal(); });

  function move(step) {
    var rows = Array.prototype.slice.call(document.querySelectorAll('#last a.row'));
    var at = rows.indexOf(document.activeElement);
    var next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
    if (next) { next.focus(); }
  }

  document.addEventListener('keydown', function (e) {
    // Keys belong to whoever is writing, and to the browser with its modifiers.
    if (e.ctrlKey || e.metaKey || e.altKey || keys.open) { return; }
    if (e.target.matches('input, textarea, select, [contenteditable]')) {
      if (e.key === 'Escape') { e.target.blur(); }
      return;
    }
    switch (e.key) {
      case '?': keys.showModal(); break;
      case '/': var find = document.getElementById('uetr') || document.getElementById('find'); if (find) { find.focus(); } break;
      case 'p': togglePause(); break;
      case 'j': move(1); break;
      case 'k': move(-1); break;
      case 'g': window.location.assign('/'); break;
      default: return;
    }
    e.preventDefault();
  });
})();
