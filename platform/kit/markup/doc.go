// Package markup makes text that people wrote in an editor, or that came in a file, safe to show.
//
// Sanitise is applied when text is stored, so that nothing on the way to a page has to remember
// it; what it returns is what themes print as HTML. The policy is an allow-list of what describes
// text: no scripts, styles, forms, frames or event handlers; links get rel="nofollow noopener";
// images only from this shop's own media paths or by https.
package markup
