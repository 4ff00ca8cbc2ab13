package wire

import (
	"io/fs"

	"echoppe.dev/platform/driver/liquid/lint"
	"echoppe.dev/platform/driver/theme"
	"echoppe.dev/storefront/view"
	"echoppe.dev/themes"
)

// CheckTheme finds what is probably wrong in a theme that stands on the base theme, by what the pages of the storefront are drawn with.
func CheckTheme(files fs.FS) ([]lint.Finding, error) {
	return theme.Check(theme.CheckOptions{Files: files, Base: themes.Base(), Pages: view.Pages()})
}
