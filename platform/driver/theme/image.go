package theme

import (
	"errors"
	"strconv"
	"strings"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

// Picture is an image in the data, for image_tag and image_srcset.
type Picture interface {
	ImageAttributes() (src, alt string, width, height int)
	// ImageSource is its i-th smaller version; ok is false when there are fewer.
	ImageSource(i int) (url string, width int, ok bool)
}

var errPicture = errors.New("an image is needed")

// imageURL is the address of an image, of the smallest version that is as wide as asked for: {{ image | image_url: width: 300 }}.
func imageURL(c *liquid.Call, in value.Value) value.Value {
	p, ok := in.Go().(Picture)
	if !ok {
		return c.Fail(errPicture)
	}
	address, _, best, _ := p.ImageAttributes()
	if asked, ok := c.Named("width"); ok {
		for i, want := 0, int(asked.Truncated()); ; i++ {
			url, width, ok := p.ImageSource(i)
			if !ok {
				break
			}
			if width >= want && width < best {
				address, best = url, width
			}
		}
	}
	return c.Text(address)
}

// srcset is the attribute that lists an image's widths.
func srcset(c *liquid.Call, in value.Value) value.Value {
	p, ok := in.Go().(Picture)
	if !ok {
		return c.Fail(errPicture)
	}
	var b strings.Builder
	for i := 0; ; i++ {
		url, width, ok := p.ImageSource(i)
		if !ok {
			return c.Text(b.String())
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(url + " " + strconv.Itoa(width) + "w")
	}
}

// imageTag is the whole img element: {{ image | image_tag: 'class', sizes: '50vw' }}.
// Named arguments: sizes, alt (another text), loading ("lazy" unless given),
// priority: true for the picture that is the page's largest paint.
func imageTag(c *liquid.Call, in value.Value) {
	p, ok := in.Go().(Picture)
	if !ok {
		c.Fail(errPicture)
		return
	}
	src, alt, width, height := p.ImageAttributes()
	c.WriteHTML("<img")
	if class := c.Arg(0); class.IsText() && class.Raw() != "" {
		attribute(c, "class", class)
	}
	attribute(c, "src", value.OfText(src))
	writeSources(c, p)
	c.WriteHTML(` width="`)
	c.WriteInt(width)
	c.WriteHTML(`" height="`)
	c.WriteInt(height)
	c.WriteHTML(`"`)
	other, ok := c.Named("alt")
	if !ok {
		other = value.OfText(alt)
	}
	attribute(c, "alt", other)
	priority, _ := c.Named("priority")
	loading, _ := c.Named("loading")
	switch {
	case priority.Truth():
		c.WriteHTML(` fetchpriority="high"`)
	case loading.IsText() && loading.Raw() != "":
		attribute(c, "loading", loading)
	default:
		c.WriteHTML(` loading="lazy"`)
	}
	c.WriteHTML(` decoding="async">`)
}

// writeSources writes the smaller versions, and how wide the image stands.
func writeSources(c *liquid.Call, p Picture) {
	url, width, ok := p.ImageSource(0)
	if !ok {
		return
	}
	c.WriteHTML(` srcset="`)
	for i := 1; ok; i++ {
		c.WriteText(url)
		c.WriteHTML(" ")
		c.WriteInt(width)
		c.WriteHTML("w")
		if url, width, ok = p.ImageSource(i); ok {
			c.WriteHTML(", ")
		}
	}
	c.WriteHTML(`"`)
	if sizes, _ := c.Named("sizes"); sizes.IsText() && sizes.Raw() != "" {
		attribute(c, "sizes", sizes)
	}
}

func attribute(c *liquid.Call, name string, v value.Value) {
	c.WriteHTML(" ")
	c.WriteHTML(name)
	c.WriteHTML(`="`)
	c.WriteText(c.String(v))
	c.WriteHTML(`"`)
}
