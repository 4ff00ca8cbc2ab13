package web

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"slices"
	"time"

	"github.com/labstack/echo/v4"
)

// Tone is how a flash message is meant.
type Tone string

// The tones a page can show.
const (
	Good Tone = "good"
	Note Tone = "note"
	Bad  Tone = "bad"
)

// Flash is a message for the next page: a key and arguments, put into words by
// that page. The cookie that carries it is not signed, so a page must escape
// the arguments like any other text, and nothing may depend on them.
type Flash struct {
	Tone Tone              `json:"t"`
	Key  string            `json:"k"`
	Args map[string]string `json:"a,omitempty"`
}

const (
	maxFlashes   = 5
	maxFlashText = 200
	// maxFlashCookie leaves room for the cookie's name and attributes.
	maxFlashCookie = maxCookie - 512
)

var (
	flashCookie = Cookie{Name: "flash", TTL: 5 * time.Minute}
	flashKey    = regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)*$`)
)

// AddFlash leaves a message for the next page that takes them.
func AddFlash(c echo.Context, tone Tone, key string, args map[string]string) {
	x := exchangeOf(c)
	if !x.taken {
		x.flashes = append(readFlashes(c), x.flashes...)
		x.taken = true
	}
	short := make(map[string]string, len(args))
	for name, text := range args {
		if runes := []rune(text); len(runes) > maxFlashText {
			text = string(runes[:maxFlashText]) + "…"
		}
		short[name] = text
	}
	x.flashes = append(x.flashes, Flash{tone, key, short})
	if over := len(x.flashes) - maxFlashes; over > 0 {
		x.flashes = x.flashes[over:]
	}
	text := encodeFlashes(x.flashes)
	for len(text) > maxFlashCookie && len(x.flashes) > 1 {
		x.flashes = x.flashes[1:] // the oldest gives way
		text = encodeFlashes(x.flashes)
	}
	if len(text) > maxFlashCookie {
		x.flashes[0].Args = nil
		text = encodeFlashes(x.flashes)
	}
	flashCookie.Set(c, text)
}

func encodeFlashes(flashes []Flash) string {
	text, err := json.Marshal(flashes)
	if err != nil {
		panic("web: strings that cannot be marshalled: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// Refused tells whether this answer leaves a bad message for the next page.
func Refused(c echo.Context) bool {
	x := exchangeOf(c)
	return slices.ContainsFunc(x.flashes, func(f Flash) bool { return f.Tone == Bad })
}

// TakeFlashes returns the waiting messages and forgets them. A page that shows
// some belongs to one reader and must not be stored.
func TakeFlashes(c echo.Context) []Flash {
	x := exchangeOf(c)
	if !x.taken {
		x.flashes, x.taken = readFlashes(c), true
	}
	taken := x.flashes
	x.flashes = nil
	if len(taken) > 0 {
		flashCookie.Clear(c)
		c.Response().Header().Set("Cache-Control", noStore)
	}
	return taken
}

func readFlashes(c echo.Context) []Flash {
	value, sent := flashCookie.Get(c)
	if !sent {
		return nil
	}
	text, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil {
		return nil
	}
	var flashes []Flash
	if json.Unmarshal(text, &flashes) != nil || len(flashes) > maxFlashes {
		return nil
	}
	for _, f := range flashes {
		if !flashKey.MatchString(f.Key) || f.Tone != Good && f.Tone != Note && f.Tone != Bad {
			return nil
		}
	}
	return flashes
}
