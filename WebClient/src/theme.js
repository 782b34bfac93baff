// Runs before the first paint, so that no reader sees another theme flash by. Chooses as followAppearance and parsePreferences do; a test compares them.
(function () {
  var root = document.documentElement;
  var chosen = {};
  try {
    chosen = JSON.parse(localStorage.getItem('kaichat.preferences')) || {};
  } catch (damaged) {
    // As if nobody had chosen.
  }
  var theme = ['light', 'dark', 'contrast'].indexOf(chosen.theme) < 0 ? 'system' : chosen.theme;
  if (theme === 'system' && matchMedia('(prefers-contrast: more)').matches) theme = 'contrast';
  root.dataset.theme = theme;
  root.dataset.density = chosen.density === 'compact' ? 'compact' : 'comfortable';
})();
