// Package theme is the desk of the office for those who make themes: a theme that is handed in as a ZIP file is looked through, and what is
// probably wrong is shown with its place (platform/driver/liquid/lint). The file is kept nowhere. What templates can read is there to
// download.
//
// Messages of mistakes are told in the reader's language by their rules and codes; the lines shown are the author's own.
//
// It reads and writes nothing of the shop.
package theme

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
