package still

import (
	"image"

	"golang.org/x/image/vector"
)

// Width is that of a picture in pixels when its scene asks for none; pictures are 4 to 5, as the
// theme's cards, and 100 units wide.
const Width = 1200

// rgb is a colour in linear steps of 0 to 1.
type rgb struct{ r, g, b float32 }

func hex(c uint32) rgb {
	return rgb{float32(c>>16&255) / 255, float32(c>>8&255) / 255, float32(c&255) / 255}
}

func (c rgb) mix(o rgb, t float32) rgb {
	return rgb{c.r + (o.r-c.r)*t, c.g + (o.g-c.g)*t, c.b + (o.b-c.b)*t}
}

// light and dark shade a colour; the dark ones drift towards blue, the light ones towards yellow,
// as they do by daylight.
func (c rgb) light(t float32) rgb { return c.mix(rgb{1, 0.985, 0.95}, t) }
func (c rgb) dark(t float32) rgb  { return c.mix(rgb{0.10, 0.10, 0.16}, t) }

// luma is how light the colour looks.
func (c rgb) luma() float32 { return 0.3*c.r + 0.59*c.g + 0.11*c.b }

// shade gives the colour and opacity of a point, in units.
type shade func(x, y float32) (rgb, float32)

func flat(c rgb, a float32) shade { return func(float32, float32) (rgb, float32) { return c, a } }

// across runs from one colour at (x0,y0) to another at (x1,y1).
func across(x0, y0, x1, y1 float32, from, to rgb) shade {
	dx, dy := x1-x0, y1-y0
	n := dx*dx + dy*dy
	return func(x, y float32) (rgb, float32) {
		t := ((x-x0)*dx + (y-y0)*dy) / n
		return from.mix(to, min(max(t, 0), 1)), 1
	}
}

// glow is strongest at (x,y) and gone at distance r; squash flattens it.
func glow(cx, cy, r, squash float32, c rgb, a float32) shade {
	return func(x, y float32) (rgb, float32) {
		dx, dy := (x-cx)/r, (y-cy)/(r*squash)
		d := 1 - (dx*dx + dy*dy)
		if d <= 0 {
			return c, 0
		}
		return c, a * d * d
	}
}

// canvas is a picture being painted.
type canvas struct {
	whole    image.Rectangle
	unit     float32 // pixels of one
	pix      []rgb
	ras      *vector.Rasterizer
	one, two stencil // kept between strokes
}

// stencil is how far a path covers each pixel of a part of the picture.
type stencil struct {
	box  image.Rectangle
	mask image.Alpha
}

func newCanvas(width int) *canvas {
	width = max(width/(4*coarse), 1) * 4 * coarse // whole steps of what covers the picture, on both sides
	height := width / 4 * 5
	return &canvas{
		whole: image.Rect(0, 0, width, height), unit: float32(width) / 100,
		pix: make([]rgb, width*height), ras: vector.NewRasterizer(width, height),
	}
}

func (c *canvas) width() int  { return c.whole.Max.X }
func (c *canvas) height() int { return c.whole.Max.Y }

// coarse is how many pixels share one step of what covers the whole picture: it changes by less
// than a shade of grey from one to the next.
const coarse = 4

// cover paints the whole picture with something soft.
func (c *canvas) cover(s shade) {
	for y := 0; y < c.height(); y += coarse {
		for x := 0; x < c.width(); x += coarse {
			colour, a := s((float32(x)+coarse/2)/c.unit, (float32(y)+coarse/2)/c.unit)
			if a <= 0 {
				continue
			}
			for dy := range coarse {
				line := c.pix[(y+dy)*c.width()+x : (y+dy)*c.width()+x+coarse]
				for i := range line {
					line[i] = line[i].mix(colour, a)
				}
			}
		}
	}
}

// fill paints the inside of a path.
func (c *canvas) fill(p path, s shade) { c.clip(p, s) }

// clip paints several shades inside one path.
func (c *canvas) clip(p path, shades ...shade) {
	c.cut(&c.one, p, p.bounds(c.unit).Intersect(c.whole), c.unit)
	for _, s := range shades {
		c.paint(&c.one, s)
	}
}

// within paints the part of p that lies inside the outline.
func (c *canvas) within(outline, p path, s shade) {
	box := p.bounds(c.unit).Intersect(outline.bounds(c.unit)).Intersect(c.whole)
	c.cut(&c.one, p, box, c.unit)
	c.cut(&c.two, outline, box, c.unit)
	for i, v := range c.one.mask.Pix {
		c.one.mask.Pix[i] = uint8(int(v) * int(c.two.mask.Pix[i]) / 255)
	}
	c.paint(&c.one, s)
}

// cut makes the stencil of a path for a part of the picture, at so many pixels a unit.
func (c *canvas) cut(to *stencil, p path, box image.Rectangle, scale float32) {
	to.box = box
	w, h := box.Dx(), box.Dy()
	n := w * h
	if cap(to.mask.Pix) < n {
		to.mask.Pix = make([]uint8, n)
	}
	to.mask.Pix = to.mask.Pix[:n]
	clear(to.mask.Pix)
	to.mask.Stride, to.mask.Rect = w, image.Rect(0, 0, w, h)
	if n == 0 {
		return
	}
	c.ras.Reset(w, h)
	p.trace(c.ras, scale, float32(box.Min.X), float32(box.Min.Y))
	c.ras.Draw(&to.mask, to.mask.Rect, image.Opaque, image.Point{})
}

func (c *canvas) paint(st *stencil, s shade) {
	w := st.box.Dx()
	for y := st.box.Min.Y; y < st.box.Max.Y; y++ {
		i := (y - st.box.Min.Y) * w
		c.row(y, st.box.Min.X, st.box.Max.X, st.mask.Pix[i:i+w], s)
	}
}

// row paints part of a line of pixels, as far as the mask lets it; nil lets all.
func (c *canvas) row(y, from, to int, mask []uint8, s shade) {
	line := c.pix[y*c.width()+from : y*c.width()+to]
	fy := (float32(y) + 0.5) / c.unit
	for i := range line {
		m := float32(1)
		if mask != nil {
			if mask[i] == 0 {
				continue
			}
			m = float32(mask[i]) / 255
		}
		colour, a := s((float32(from+i)+0.5)/c.unit, fy)
		if a *= m; a > 0 {
			line[i] = line[i].mix(colour, a)
		}
	}
}

// shadow paints the blurred shape of a path, moved by (dx,dy): what the thing takes from the light.
// It is blurred at a sixth of the size, where nobody can tell.
func (c *canvas) shadow(p path, dx, dy, blur, strength float32) {
	const step = 6
	scale := c.unit / step
	radius := max(1, int(blur*scale/2))
	box := p.bounds(scale).Inset(-3*radius - 2)
	c.cut(&c.one, p, box, scale)
	w, h := box.Dx(), box.Dy()
	soft := make([]float32, w*h)
	for i, v := range c.one.mask.Pix {
		soft[i] = float32(v) / 255
	}
	for range 3 { // three box blurs are as good as a bell curve
		soft = boxBlur(soft, w, h, radius)
	}
	shadowInk := rgb{0.13, 0.11, 0.16}
	area := image.Rect(box.Min.X*step+int(dx*c.unit), box.Min.Y*step+int(dy*c.unit), box.Max.X*step+int(dx*c.unit), box.Max.Y*step+int(dy*c.unit)).Intersect(c.whole)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		c.row(y, area.Min.X, area.Max.X, nil, func(x, y float32) (rgb, float32) {
			fx, fy := (x-dx)*scale-0.5-float32(box.Min.X), (y-dy)*scale-0.5-float32(box.Min.Y)
			return shadowInk, strength * sample(soft, w, h, fx, fy)
		})
	}
}

func boxBlur(in []float32, w, h, r int) []float32 {
	mid := make([]float32, len(in))
	out := make([]float32, len(in))
	n := float32(2*r + 1)
	for y := range h {
		var sum float32
		for x := -r; x <= r; x++ {
			sum += in[y*w+min(max(x, 0), w-1)]
		}
		for x := range w {
			mid[y*w+x] = sum / n
			sum += in[y*w+min(x+r+1, w-1)] - in[y*w+max(x-r, 0)]
		}
	}
	for x := range w {
		var sum float32
		for y := -r; y <= r; y++ {
			sum += mid[min(max(y, 0), h-1)*w+x]
		}
		for y := range h {
			out[y*w+x] = sum / n
			sum += mid[min(y+r+1, h-1)*w+x] - mid[max(y-r, 0)*w+x]
		}
	}
	return out
}

func sample(in []float32, w, h int, x, y float32) float32 {
	if x < 0 || y < 0 || x >= float32(w-1) || y >= float32(h-1) {
		return 0
	}
	x0, y0 := int(x), int(y)
	fx, fy := x-float32(x0), y-float32(y0)
	at := func(x, y int) float32 { return in[y*w+x] }
	top := at(x0, y0)*(1-fx) + at(x0+1, y0)*fx
	low := at(x0, y0+1)*(1-fx) + at(x0+1, y0+1)*fx
	return top*(1-fy) + low*fy
}

// image is the finished picture. A trace of noise keeps the soft gradients from showing steps.
func (c *canvas) image() *image.RGBA {
	out := image.NewRGBA(c.whole)
	state := uint32(0x9e3779b9)
	for i, p := range c.pix {
		state ^= state << 13
		state ^= state >> 17
		state ^= state << 5
		n := float32(state>>24)/255 - 0.5
		o := out.Pix[i*4 : i*4+4 : i*4+4]
		o[0], o[1], o[2], o[3] = quantise(p.r, n), quantise(p.g, n), quantise(p.b, n), 255
	}
	return out
}

func quantise(v, noise float32) uint8 {
	return uint8(min(max(v*255+noise+0.5, 0), 255))
}
