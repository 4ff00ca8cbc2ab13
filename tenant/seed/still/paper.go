package still

// slab is a flat thing of some thickness lying on the ground.
func slab(c *canvas, p path, colour rgb) {
	c.shadow(p, 1.8, 2.8, 7, 0.34)
	c.shadow(p, 0.5, 0.8, 1.6, 0.3)
	c.clip(p, across(20, 15, 82, 112, colour.light(0.2), colour.dark(0.12)), glow(34, 34, 48, 1.2, colour.light(0.9), 0.2))
}

var ivory, ink, brass, wood = hex(0xf8f3e8), hex(0x2a2c36), hex(0xc9a45c), hex(0xb98a58)

func notebook(c *canvas, s Scene, colour, second rgb) {
	tilt := float32(-5 + 3*(s.Seed%4))
	turn := func(p path) path { return p.turned(tilt, 50, 62) }
	slab(c, turn(box(23, 23, 57, 80, 1.4)), colour.dark(0.25))
	c.fill(turn(box(24.4, 22, 55, 79.4, 1)), flat(ivory.dark(0.08), 1))
	cover := turn(box(22, 21, 57, 80, 1.6))
	slab(c, cover, colour)
	c.within(cover, turn(box(22, 21, 57, 80, 0)), pattern(s, second))
	c.within(cover, turn(box(22, 21, 7.5, 80, 0)), flat(colour.dark(0.4), 0.28))
	c.within(cover, turn(box(29.3, 21, 0.4, 80, 0)), flat(colour.light(0.8), 0.3))
	label := turn(box(40, 36, 28, 15, 0.6))
	c.shadow(label, 0.2, 0.4, 0.7, 0.2)
	c.fill(label, flat(ivory, 1))
	for i := range 2 {
		c.fill(turn(box(44, 41.4+4.2*float32(i), 20-6*float32(i), 0.5, 0.2)), flat(ink, 0.45))
	}
	band := turn(box(72, 20.6, 2, 80.8, 0.4))
	c.shadow(band, 0.3, 0.3, 0.7, 0.3)
	c.fill(band, flat(second.dark(0.3), 1))
	ribbon := turn(fold(60, 99, 60, 106, 61, 110, 59, 115, 1.6))
	c.shadow(ribbon, 0.5, 0.7, 1, 0.3)
	c.fill(ribbon, flat(second.dark(0.1), 1))
}

func fountainPen(c *canvas, s Scene, colour, second rgb) {
	turn := func(p path) path { return p.turned(38+float32(s.Seed%3)*4, 50, 62) }
	body := turn(draw("M 46.6 30 C 46.6 26 53.4 26 53.4 30 L 53.8 84 C 53.6 88 52.6 90 52 92 L 48 92 C 47.4 90 46.4 88 46.2 84 Z"))
	nib := turn(draw("M 47.8 92 L 52.2 92 C 52.8 98 51.4 102 50 107 C 48.6 102 47.2 98 47.8 92 Z"))
	cap := turn(draw("M 46.2 30 C 46.2 12 47 10 50 10 C 53 10 53.8 12 53.8 30 L 54 48 L 46 48 Z"))
	for _, p := range []path{body, nib, cap} {
		c.shadow(p, 2, 2.6, 4, 0.34)
	}
	tube := func(p path, from rgb) {
		c.clip(p, across(44, 58, 57, 66, from.light(0.45), from.dark(0.45)))
	}
	tube(nib, brass)
	c.fill(turn(fold(50, 95, 50, 98, 50, 101, 50, 105, 0.35)), flat(ink, 0.8))
	c.fill(turn(oval(50, 95.4, 0.5, 0.5)), flat(ink, 0.8))
	tube(body, colour)
	tube(cap, colour.dark(0.1))
	tube(turn(box(45.8, 45.6, 8.4, 2, 0.3)), brass)
	tube(turn(box(46, 83.6, 8, 0.9, 0.2)), brass)
	clip := turn(draw("M 52.4 12 C 54.6 12 55 13.4 55 16 L 54.6 38 C 54.4 40 53 40 53 38 L 53 14 Z"))
	c.shadow(clip, 0.5, 0.5, 0.8, 0.4)
	tube(clip, brass)
	c.fill(turn(stroke(point{62, 112}, point{44, 122}, point{40, 104}, point{20, 110}, 0.9)).moved(-4, 2), flat(second.dark(0.35), 0.75))
}

func pencils(c *canvas, s Scene, colour, second rgb) {
	set := []rgb{colour, second, colours["mustard"], colours["terracotta"], colours["petrol"]}
	for i, col := range set {
		x := float32(22 + 13*i)
		lift := []float32{0, 5, -4, 3, -1}[(i+s.Seed)%5]
		turn := func(p path) path { return p.moved(0, lift).turned(float32((i*7+s.Seed*3)%5)-2, x, 62) }
		whole := turn(draw("M 0 112 L 0 34 L 3.4 20 L 6.8 34 L 6.8 112 Z").moved(x-3.4, 0))
		c.shadow(whole, 1.6, 2.2, 4, 0.33)
		c.fill(turn(draw("M 0 34 L 3.4 20 L 6.8 34 Z").moved(x-3.4, 0)), across(x-3, 30, x+3, 34, wood.light(0.55), wood))
		c.fill(turn(draw("M 2.3 24.6 L 3.4 20 L 4.5 24.6 Z").moved(x-3.4, 0)), flat(col.dark(0.25), 1))
		for n, t := range []float32{0.3, 0, 0.28} {
			side := turn(draw("M 0 112 L 0 34 Q 1.1 32.6 2.27 34 L 2.27 112 Z").moved(x-3.4+2.27*float32(n), 0))
			face := col.dark(t)
			if n == 0 {
				face = col.light(t)
			}
			c.fill(side, flat(face, 1))
		}
		c.fill(turn(box(x-3.4, 104, 6.8, 3, 0)), across(x-3, 104, x+3, 104, brass.light(0.5), brass.dark(0.3)))
		c.fill(turn(box(x-3.4, 107, 6.8, 6, 0.8)), across(x-3, 107, x+3, 112, colours["blush"], colours["rose"].dark(0.1)))
	}
}

func envelope(c *canvas, s Scene, colour, second rgb) {
	back := func(p path) path { return p.turned(-9, 50, 60) }
	slab(c, back(box(16, 34, 68, 46, 0.8)), colour.dark(0.08))
	front := func(p path) path { return p.turned(5+float32(s.Seed%3), 50, 66) }
	letter := front(box(22, 36, 58, 40, 0.5))
	slab(c, letter, ivory)
	for i := range 4 {
		c.fill(front(box(28, 41+3.4*float32(i), 38-7*float32(i%2), 0.5, 0.2)), flat(ink, 0.35))
	}
	body := front(box(17, 52, 68, 46, 0.8))
	slab(c, body, colour)
	c.within(body, front(draw("M 17 98 L 46 73 L 56 73 L 85 98 Z")), flat(colour.light(0.6), 0.25))
	c.within(body, front(draw("M 17 52 L 47 77 C 49 79 53 79 55 77 L 85 52 L 85 50 L 17 50 Z")).moved(0.4, 0.9), flat(colour.dark(0.7), 0.2))
	c.within(body, front(draw("M 17 52 L 47 77 C 49 79 53 79 55 77 L 85 52 L 85 50 L 17 50 Z")), across(20, 50, 80, 80, colour.light(0.3), colour.light(0.04)))
	seal := front(oval(51, 76, 5.6, 5.4))
	c.shadow(seal, 0.5, 0.8, 1.2, 0.35)
	c.clip(seal, across(46, 70, 57, 82, second.light(0.2), second.dark(0.35)))
	c.fill(front(oval(51, 76, 3.6, 3.5)), flat(second.dark(0.2), 0.5))
}

func paperStack(c *canvas, s Scene, colour, second rgb) {
	for i := range 6 {
		t := float32(i)
		sheet := colour
		if i%2 == 1 {
			sheet = second.light(0.2)
		}
		p := box(21+0.7*t, 27-0.5*t, 56, 76, 0.5).turned(9-3.4*t+float32(s.Seed%3), 50, 64)
		slab(c, p, sheet.light(0.08*t))
		for f := range 26 { // deckled edge: fibres
			x := 24 + 2*float32(f)
			c.within(p, oval(x+float32(f*7%5), 32+float32(f*13%60), 1.6, 0.12).turned(float32(f*37%180), x, 60), flat(second.dark(0.3), 0.16))
		}
	}
	twine := fold(14, 70, 34, 68, 60, 70, 88, 63, 0.9)
	c.shadow(twine, 0.4, 0.7, 0.8, 0.4)
	c.fill(twine, flat(wood.dark(0.1), 1))
	for _, loop := range []path{fold(50, 68, 40, 56, 34, 66, 50, 68.4, 0.9), fold(50, 68, 62, 56, 66, 68, 50, 68.4, 0.9), fold(50, 68, 48, 76, 44, 80, 41, 84, 0.8), fold(50, 68, 54, 76, 58, 78, 60, 85, 0.8)} {
		c.shadow(loop, 0.4, 0.7, 0.8, 0.4)
		c.fill(loop, flat(wood.dark(0.1), 1))
	}
}

func inkBottle(c *canvas, _ Scene, colour, second rgb) {
	c.cover(glow(54, 105, 36, 0.2, rgb{0.1, 0.08, 0.12}, 0.65))
	body := draw("M 28 66 C 28 58 34 56 40 55 L 60 55 C 66 56 72 58 72 66 L 72 99 C 72 104 69 106 64 106 L 36 106 C 31 106 28 104 28 99 Z")
	glass := hex(0xdfe8ea)
	c.fill(body, across(28, 50, 72, 106, glass.light(0.5), glass.dark(0.25)))
	c.fill(draw("M 30.5 70 C 44 72.4 56 72.4 69.5 70 L 69.5 98 C 69.5 102 67.5 103.6 63.5 103.6 L 36.5 103.6 C 32.5 103.6 30.5 102 30.5 98 Z"), across(30, 66, 70, 104, colour.light(0.12), colour.dark(0.4)))
	c.fill(oval(50, 70.4, 19.5, 2), flat(colour.light(0.3), 0.9))
	c.fill(draw("M 33 62 C 34.4 60 36 60 36.6 62 L 36.6 98 C 36 100.4 34 100.4 33 98 Z"), flat(glass.light(1), 0.55))
	c.fill(box(40, 48, 20, 8, 0.8), across(40, 48, 60, 48, glass.light(0.7), glass.dark(0.2)))
	cap := box(37, 33, 26, 17, 1.8)
	c.clip(cap, across(37, 33, 63, 33, second.light(0.25), second.dark(0.5)))
	for i := range 12 {
		c.within(cap, box(38+2.1*float32(i), 35.5, 0.5, 14, 0.2), flat(second.dark(0.7), 0.3))
	}
	c.fill(oval(50, 34, 12.6, 1.9), flat(second.light(0.25), 0.8))
	label := box(36, 79, 28, 17, 0.6)
	c.fill(label, across(36, 79, 64, 96, ivory, ivory.dark(0.1)))
	c.fill(box(41, 84, 18, 0.7, 0.3), flat(ink, 0.6))
	c.fill(box(44, 88, 12, 0.5, 0.2), flat(ink, 0.4))
	c.fill(oval(50, 92.2, 1.2, 1.2), flat(colour, 1))
}

func folder(c *canvas, s Scene, colour, second rgb) {
	turn := func(p path) path { return p.turned(-4+float32(s.Seed%3)*2, 50, 62) }
	slab(c, turn(draw("M 18 28 L 44 28 L 48 34 L 84 34 L 84 100 L 18 100 Z")), colour.dark(0.18))
	for i := range 3 {
		slab(c, turn(box(22+float32(i), 31-1.3*float32(i), 58, 66, 0.4)).turned(float32(i)-1, 50, 62), ivory.dark(0.03*float32(2-i)))
	}
	front := turn(draw("M 16 44 C 16 42.6 17 42 18 42 L 82 42 C 83.4 42 84 43 84 44 L 84 100 C 84 101.4 83 102 82 102 L 18 102 C 17 102 16 101 16 100 Z"))
	slab(c, front, colour)
	c.within(front, turn(box(16, 42, 68, 60, 0)), pattern(s, second))
	c.fill(turn(box(37, 62, 26, 13, 0.5)), flat(ivory, 1))
	c.fill(turn(box(41, 66.6, 18, 0.6, 0.2)), flat(ink, 0.5))
	c.fill(turn(box(41, 70, 12, 0.6, 0.2)), flat(ink, 0.35))
	tie := turn(oval(50, 93, 2.4, 2.4))
	c.shadow(tie, 0.4, 0.6, 0.8, 0.35)
	c.fill(tie, flat(second.dark(0.25), 1))
	c.fill(turn(fold(50, 93, 55, 98, 60, 96, 66, 101, 0.6)), flat(second.dark(0.3), 1))
}

func ruler(c *canvas, s Scene, colour, second rgb) {
	for i, col := range []rgb{colour, second} {
		turn := func(p path) path { return p.turned(float32(24-52*i)+float32(s.Seed%3), 50, 62) }
		body := turn(box(10, 56+3*float32(i), 80, 11, 0.7))
		slab(c, body, col)
		for n := range 39 {
			h := float32(2.2)
			if n%5 == 0 {
				h = 4
			}
			c.within(body, turn(box(12+2*float32(n), 56+3*float32(i), 0.28, h, 0)), flat(col.dark(0.85), 0.75))
		}
		c.fill(turn(oval(85.6, 62.6+3*float32(i), 1.3, 1.3)), flat(rgb{0.2, 0.18, 0.2}, 0.5))
	}
}

func calendar(c *canvas, s Scene, colour, second rgb) {
	page := box(22, 22, 56, 82, 0.8)
	slab(c, page.turned(3, 50, 60), ivory.dark(0.06))
	slab(c, page, ivory)
	top := box(22, 22, 56, 36, 0.8)
	c.clip(top, across(22, 22, 78, 58, colour.light(0.2), colour.dark(0.2)))
	c.within(top, draw("M 22 58 L 22 48 C 32 38 38 46 46 44 C 56 40 60 30 78 40 L 78 58 Z"), flat(second, 0.95))
	c.within(top, draw("M 22 58 L 22 53 C 36 48 44 54 54 52 C 64 49 70 46 78 50 L 78 58 Z"), flat(second.dark(0.3), 0.9))
	c.within(top, oval(62, 32, 4.4, 4.4), flat(colours["straw"].light(0.3), 0.95))
	c.fill(box(27, 63, 18, 1.5, 0.4), flat(ink, 0.75))
	for row := range 5 {
		for col := range 7 {
			if n := row*7 + col - s.Seed%5; n < 0 || n > 30 {
				continue
			}
			ink := flat(ink, 0.4)
			if col > 4 {
				ink = flat(colour.dark(0.1), 0.75)
			}
			c.fill(box(28+6.7*float32(col), 71+6*float32(row), 2.4, 1.2, 0.4), ink)
		}
	}
	for i := range 14 {
		x := 26 + 3.7*float32(i)
		c.fill(oval(x, 25, 0.7, 0.7), flat(ink.dark(0.3), 0.7))
		c.fill(stroke(point{x, 25}, point{x - 1, 20}, point{x + 0.8, 19}, point{x + 0.4, 22}, 0.6), flat(brass.dark(0.1), 1))
	}
}

func tape(c *canvas, s Scene, colour, second rgb) {
	for i, col := range []rgb{second, colours["mustard"], colour} {
		y := 98 - 17*float32(i)
		x := 50 + []float32{-2, 4, -1}[(i+s.Seed)%3]
		if i == 0 {
			c.cover(glow(54, 110, 36, 0.16, rgb{0.1, 0.08, 0.12}, 0.6))
		}
		side := path{{'M', []point{{x - 24, y - 8}}}, {'L', []point{{x - 24, y + 6}}}, {'C', []point{{x - 24, y + 14}, {x + 24, y + 14}, {x + 24, y + 6}}}, {'L', []point{{x + 24, y - 8}}}, {'Z', nil}}
		c.clip(side, across(x-24, y, x+24, y, col.light(0.3), col.dark(0.4)), pattern(Scene{Second: "x", Seed: i + 1 + s.Seed}, col.light(0.65)))
		c.fill(oval(x, y-8, 24, 6.4), across(x-24, y-14, x+24, y-2, col.light(0.4), col.light(0.05)))
		c.fill(oval(x, y-8, 15, 3.9), flat(ivory.dark(0.1), 1))
		c.fill(oval(x, y-7.4, 13.6, 3.3), flat(rgb{0.24, 0.2, 0.2}, 0.85))
	}
}

func stamp(c *canvas, _ Scene, colour, second rgb) {
	c.cover(glow(54, 107, 32, 0.18, rgb{0.1, 0.08, 0.12}, 0.62))
	c.fill(draw("M 43 74 C 46 64 44 56 42 50 C 38 40 42 30 50 30 C 58 30 62 40 58 50 C 56 56 54 64 57 74 Z"), across(38, 30, 62, 74, colour.light(0.35), colour.dark(0.45)))
	c.fill(draw("M 44 36 C 45 33 48 32.4 49 33 C 47 38 46 44 46.6 49 C 43 44 43 39 44 36 Z"), flat(colour.light(0.9), 0.4))
	c.fill(draw("M 30 76 C 30 73 40 72 50 72 C 60 72 70 73 70 76 L 71 94 L 29 94 Z"), across(30, 72, 71, 94, wood.light(0.3), wood.dark(0.35)))
	c.fill(box(28.4, 93, 43.2, 8, 0.8), across(28, 93, 72, 101, second.light(0.1), second.dark(0.4)))
	c.fill(box(30, 101, 40, 4.6, 0.4), flat(rgb{0.3, 0.26, 0.26}, 1))
}

func clips(c *canvas, s Scene, colour, second rgb) {
	set := []rgb{colour, second, brass, colours["petrol"], colours["terracotta"]}
	for i := range 11 {
		col := set[(i+s.Seed)%len(set)]
		x, y := 20+float32((i*37)%62), 26+float32((i*53)%76)
		turn := func(p path) path { return p.moved(x-50, y-62).turned(float32(i*67%360), x, y) }
		for _, wire := range []path{
			fold(46, 54, 46, 66, 46, 72, 50, 72, 1.3), fold(50, 72, 54, 72, 54, 66, 54, 54, 1.3), fold(54, 54, 54, 48, 48, 48, 48, 54, 1.3),
			fold(48, 54, 48, 62, 48, 68, 50, 68, 1.3), fold(50, 68, 52, 68, 52, 62, 52, 56, 1.3),
		} {
			p := turn(wire)
			c.shadow(p, 0.7, 1, 1.2, 0.3)
			c.fill(p, across(x-5, y-8, x+5, y+8, col.light(0.4), col.dark(0.2)))
		}
	}
}
