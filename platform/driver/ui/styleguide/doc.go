// Package styleguide shows every component of platform/driver/ui with plausible
// content, in the four frames there are. It is the page to open before drawing a
// new screen, and what the tests render to look for inline styles, labels without
// fields and identifiers used twice.
//
// To look at it in a browser, write it to a folder and serve that folder:
//
//	go test ./platform/driver/ui/styleguide -run TestPages -guide /tmp/guide
//
// Its sample words are English and are not translated: nobody but us reads them.
package styleguide

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
