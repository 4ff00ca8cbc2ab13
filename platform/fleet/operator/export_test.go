package operator

import (
	"net/http"

	"echoppe.dev/platform/driver/web"
)

// Build lets the tests see the table of contents.
func Build(s *Surface, base web.Options) (http.Handler, *web.Routes) { return s.build(base) }
