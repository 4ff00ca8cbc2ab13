// Package pictures is how the desks of the catalogue take in and show pictures.
//
// The office never shows a picture from a shop's own origin: its policy allows no other host. A
// desk therefore serves the public copies itself, below its own path and behind its permission
// (Handler), and writes their addresses with Src.
//
// Every picture of a form is stored on its own as soon as it arrives (Take). A form that comes back
// for another reason names those already stored, so nobody sends a file twice.
package pictures
