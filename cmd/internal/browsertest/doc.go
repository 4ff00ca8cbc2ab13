// Package browsertest drives a real Chromium in tests, as a person would: on a phone or a desk,
// with script or without, in a language.
//
// It needs Debian's chromium and, for Accessible, the file named by AXE_CORE (make test sets it);
// a test that needs one that is missing fails and says which. Every page that was visited must end
// without console errors and without a request to another host (WantQuiet).
package browsertest
