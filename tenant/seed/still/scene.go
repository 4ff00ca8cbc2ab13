package still

import (
	"cmp"
	"fmt"
	"image"
	"maps"
	"slices"
)

// Scene is what a picture shows.
type Scene struct {
	Kind   string // one of Kinds
	Colour string // one of Colours, of the thing
	Second string // of its pattern; "" for none
	Ground string // of the backdrop
	Detail bool   // a close view: the second picture of an article
	Seed   int    // tells things of one kind apart: the pattern, the title's lines
	Width  int    // in pixels, rounded down to what can be painted; 0 for the usual one
}

// colours by the names articles use.
var colours = map[string]rgb{
	"chalk": hex(0xf3efe6), "linen": hex(0xe2d6c2), "sand": hex(0xcdb795), "mustard": hex(0xd3a13f), "terracotta": hex(0xc4704f),
	"brick": hex(0x9a4a3d), "rose": hex(0xdba9a2), "plum": hex(0x6d4157), "sky": hex(0xa9c4d4), "blue": hex(0x4a739c),
	"night": hex(0x28344d), "sage": hex(0x9cac8c), "forest": hex(0x3b5744), "slate": hex(0x626d77), "black": hex(0x2b2a2e),
	"white": hex(0xfaf8f4), "mist": hex(0xd9dfe1), "blush": hex(0xeed9cf), "straw": hex(0xeadcb5), "mint": hex(0xcfdccb),
	"pearl": hex(0xe9e5de), "petrol": hex(0x2f5d66), "lilac": hex(0xb7abc9), "copper": hex(0xb5754a),
}

// Colours lists the names of the colours.
func Colours() []string { return slices.Sorted(maps.Keys(colours)) }

// thing paints one kind of article onto the backdrop.
type thing func(*canvas, Scene, rgb, rgb)

var things = map[string]thing{
	"shirt": shirt, "tee": tee, "jumper": jumper, "dress": dress, "skirt": skirt, "trousers": trousers, "coat": coat,
	"scarf": scarf, "hat": hat, "bag": bag, "socks": socks, "apron": apron,
	"notebook": notebook, "pen": fountainPen, "pencils": pencils, "envelope": envelope, "paper": paperStack, "ink": inkBottle,
	"folder": folder, "ruler": ruler, "calendar": calendar, "tape": tape, "stamp": stamp, "clips": clips,
	"book": book, "mug": mug, "lamp": lamp, "jewel": jewel,
}

// Kinds lists what can be drawn.
func Kinds() []string { return slices.Sorted(maps.Keys(things)) }

// standing are things that stand on a table; the others lie flat and are seen from above.
var standing = map[string]bool{"ink": true, "mug": true, "lamp": true, "book": true, "bag": true, "tape": true, "stamp": true}

// Draw paints a scene. An unknown kind or colour is an error.
func Draw(s Scene) (*image.RGBA, error) {
	paint, ok := things[s.Kind]
	if !ok {
		return nil, fmt.Errorf("still: nothing called %q", s.Kind)
	}
	colour, ok := colours[s.Colour]
	ground, grounded := colours[s.Ground]
	second, patterned := colours[s.Second]
	if !ok || !grounded || (!patterned && s.Second != "") {
		return nil, fmt.Errorf("still: colours %q, %q on %q", s.Colour, s.Second, s.Ground)
	}
	if !patterned {
		second = colour
	}
	c := newCanvas(cmp.Or(s.Width, Width))
	backdrop(c, ground, standing[s.Kind] && !s.Detail)
	paint(c, s, colour, second)
	if s.Detail {
		c = c.closer(s.Seed)
	}
	vignette(c)
	return c.image(), nil
}

// backdrop is a lit wall, with a table before it for what stands.
func backdrop(c *canvas, ground rgb, table bool) {
	c.cover(across(8, 0, 92, 125, ground.light(0.42), ground.dark(0.07)))
	c.cover(glow(28, 22, 88, 1.05, ground.light(0.85), 0.55))
	if !table {
		return
	}
	const edge = 88
	c.fill(box(-2, edge, 104, 40, 0), across(0, edge, 30, 125, ground.light(0.22), ground.dark(0.13)))
	c.fill(box(-2, edge-0.6, 104, 1.2, 0), flat(ground.dark(0.25), 0.22))
	c.cover(glow(30, 100, 60, 0.3, ground.light(0.8), 0.35))
}

func vignette(c *canvas) {
	c.cover(func(x, y float32) (rgb, float32) {
		dx, dy := (x-46)/78, (y-56)/96
		d := dx*dx + dy*dy
		return rgb{0.18, 0.15, 0.2}, min(max(d-0.42, 0)*0.28, 0.2)
	})
}

// closer is the canvas seen from near: a part of it, enlarged.
func (c *canvas) closer(seed int) *canvas {
	const zoom = 2.1
	out := newCanvas(c.width())
	wide, high := float32(c.width()), float32(c.height())
	left, top := (0.42+0.06*float32(seed%3))*wide, (0.38+0.05*float32(seed%4))*high
	for y := range c.height() {
		for x := range c.width() {
			out.pix[y*c.width()+x] = c.at(left+(float32(x)-wide/2)/zoom, top+(float32(y)-high/2)/zoom)
		}
	}
	return out
}

// at is the colour between pixels.
func (c *canvas) at(x, y float32) rgb {
	x, y = min(max(x, 0), float32(c.width()-2)), min(max(y, 0), float32(c.height()-2))
	x0, y0 := int(x), int(y)
	fx, fy := x-float32(x0), y-float32(y0)
	i, below := y0*c.width()+x0, (y0+1)*c.width()+x0
	return c.pix[i].mix(c.pix[i+1], fx).mix(c.pix[below].mix(c.pix[below+1], fx), fy)
}
