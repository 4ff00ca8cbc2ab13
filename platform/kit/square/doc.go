// Package square draws a text as a QR code, for a page that shows an address to be scanned from another screen or from paper.
//
// A code is the path of its dark modules, to be stroked one unit wide: a page draws it as SVG, without a picture to fetch and
// without style of its own. It is always dark on light, with the light border readers need.
package square
