package theme

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/platform/driver/liquid/value"
)

// setting is one entry of a settings schema.
type setting struct {
	Type    string   `json:"type"` // color, range, number, select, checkbox, text, font
	ID      string   `json:"id"`
	Default any      `json:"default"`
	Min     *float64 `json:"min"`
	Max     *float64 `json:"max"`
	Unit    string   `json:"unit"`
	Options []struct {
		Value string `json:"value"`
	} `json:"options"`
	CSS bool `json:"css"` // also a custom property of the style sheet
}

type settingGroup struct {
	Name     string    `json:"name"`
	Settings []setting `json:"settings"`
}

// settingsData is config/settings_data.json.
type settingsData struct {
	Current  map[string]any            `json:"current"`
	Sections map[string]map[string]any `json:"sections"`
}

var (
	settingID = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	cssColour = regexp.MustCompile(`^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)
	cssFonts  = regexp.MustCompile(`^[A-Za-z0-9 ,"'_-]+$`)
	cssUnit   = regexp.MustCompile(`^(?:px|rem|em|%|ch|vw)?$`)
)

// loadSettings reads schema and values. A value that does not fit its schema is
// replaced by the default, so that no stored value can break a page.
func (s *set) loadSettings() error {
	settings := value.NewDictionary(0)
	s.settings, s.sections = value.OfDict(settings), map[string]map[string]any{}
	var data settingsData
	if err := s.readJSON("config/settings_data.json", &data); err != nil {
		return err
	}
	s.sections = data.Sections
	groups, err := s.schema()
	if err != nil {
		return err
	}
	for _, g := range groups {
		for _, d := range g.Settings {
			if !settingID.MatchString(d.ID) {
				return fmt.Errorf("settings_schema.json: bad id %q", d.ID)
			}
			settings.Set(d.ID, value.Of(d.fit(data.Current[d.ID])))
		}
	}
	return nil
}

func (s *set) schema() (groups []settingGroup, err error) {
	return groups, s.readJSON("config/settings_schema.json", &groups)
}

// readJSON reads a file that may be absent.
func (s *set) readJSON(path string, into any) error {
	data, err := s.read(path)
	if errors.Is(err, ErrNoTemplate) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// fit returns v when the setting allows it, else the default.
func (d setting) fit(v any) any {
	if v != nil && d.allows(v) {
		return whole(v)
	}
	return whole(d.Default)
}

func (d setting) allows(v any) bool {
	switch d.Type {
	case "color":
		text, ok := v.(string)
		return ok && cssColour.MatchString(text)
	case "font":
		text, ok := v.(string)
		return ok && cssFonts.MatchString(text)
	case "range", "number":
		n, ok := v.(float64)
		return ok && (d.Min == nil || n >= *d.Min) && (d.Max == nil || n <= *d.Max)
	case "checkbox":
		_, ok := v.(bool)
		return ok
	case "select":
		text, ok := v.(string)
		return ok && slices.ContainsFunc(d.Options, func(o struct {
			Value string `json:"value"`
		}) bool {
			return o.Value == text
		})
	default:
		_, ok := v.(string)
		return ok
	}
}

// whole turns JSON's numbers into the integers that loops and limits want.
func whole(v any) any {
	if n, ok := v.(float64); ok && n == float64(int(n)) {
		return int(n)
	}
	return v
}

// sectionSettings are a section's values: the defaults of its schema, then what the
// theme's data says for it, then what the template says.
func (s *set) sectionSettings(kind string, own map[string]any) value.Value {
	var declared []setting
	values := value.NewDictionary(0)
	if err := s.readJSON("sections/"+kind+".schema.json", &declared); err != nil {
		return value.OfDict(values)
	}
	given := maps.Clone(s.sections[kind])
	if given == nil {
		given = map[string]any{}
	}
	maps.Copy(given, own)
	for _, d := range declared {
		values.Set(d.ID, value.Of(d.fit(given[d.ID])))
	}
	return value.OfDict(values)
}

// stylesheet is the settings marked css, as custom properties: --set-<id>.
func (s *set) stylesheet() (string, error) {
	groups, err := s.schema()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, g := range groups {
		for _, d := range g.Settings {
			if !d.CSS || !cssUnit.MatchString(d.Unit) {
				continue
			}
			v, _ := s.settings.Property(d.ID)
			text := v.Raw()
			switch v.Kind() {
			case value.Int:
				text = strconv.FormatInt(v.Int(), 10) + d.Unit
			case value.Float:
				text = strconv.FormatFloat(v.Float(), 'f', -1, 64) + d.Unit
			}
			fmt.Fprintf(&b, "--set-%s:%s;", strings.ReplaceAll(d.ID, "_", "-"), text)
		}
	}
	if b.Len() == 0 {
		return "", nil
	}
	return ":root{" + b.String() + "}\n", nil
}
