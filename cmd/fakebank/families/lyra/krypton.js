// Stands in for the bank's script: each .kr-embedded gets a frame of the bank's.
(function () {
  const me = document.currentScript;
  const base = me.src.replace(/\/static\/js\/.*$/, '');
  function fill() {
    for (const place of document.querySelectorAll('.kr-embedded')) {
      const frame = document.createElement('iframe');
      frame.title = 'Lyra';
      frame.onload = () => { frame.dataset.ready = 'yes'; };
      frame.src = base + '/fields?' + new URLSearchParams({
        token: place.getAttribute('kr-form-token'), key: me.getAttribute('kr-public-key'), return: me.getAttribute('kr-post-url-success'),
      });
      place.append(frame);
    }
  }
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', fill); else fill();
})();
