package signup

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/fleet/screen"
)

// sent says to look at one's mail.
func (s *Surface) sent(c echo.Context) error {
	v := s.Screens.View(c)
	return screen.Show(c, http.StatusOK, sentPage(v, s.public(v, ui.Meta{Title: v.T("signup.sent.title")})))
}

// help answers the first questions.
func (s *Surface) help(c echo.Context) error {
	v := s.Screens.View(c)
	return screen.Show(c, http.StatusOK, prosePage(v, s.public(v, ui.Meta{
		Title: v.T("signup.help.title"), Index: true, Canonical: s.Sites.Platform() + "/help",
	}), "signup.help", helpTopics))
}

// terms says what people may expect of each other.
func (s *Surface) terms(c echo.Context) error {
	v := s.Screens.View(c)
	return screen.Show(c, http.StatusOK, prosePage(v, s.public(v, ui.Meta{
		Title: v.T("signup.terms.title"), Index: true, Canonical: s.Sites.Platform() + "/terms",
	}), "signup.terms", termsTopics))
}

// The paragraphs of both pages; each has a ".title" and a ".text".
var (
	helpTopics  = []string{"start", "name", "domain", "data", "lost"}
	termsTopics = []string{"service", "content", "data", "end"}
)

// robots lets search engines read the pages, and nothing that starts a sign-up.
func (s *Surface) robots(c echo.Context) error {
	return c.String(http.StatusOK, "User-agent: *\nDisallow: /sign-up\n")
}
