// Shortens the way on pages that work without it. Everything is found by data-
// attributes; nothing here asks a server except by submitting the page's own forms.
"use strict";
(() => {
	const words = document.body.dataset;
	const all = (root, selector) => root.querySelectorAll(selector);
	const say = (text) => { const box = document.querySelector("[data-say]"); if (box) { box.textContent = ""; box.textContent = text; } };
	const make = (tag, props, ...children) => { const node = Object.assign(document.createElement(tag), props); node.append(...children); return node; };

	// Menus: one at a time, closed by Escape, by a click elsewhere and by leaving.
	const closeMenus = (except) => all(document, "details[data-menu][open]").forEach((d) => { if (!d.contains(except)) d.open = false; });
	document.addEventListener("click", (e) => closeMenus(e.target));
	document.addEventListener("focusin", (e) => closeMenus(e.target));
	document.addEventListener("keydown", (e) => {
		if (e.key === "Escape") {
			const open = document.activeElement?.closest?.("details[data-menu][open]");
			if (open) { open.open = false; open.querySelector("summary").focus(); }
		}
		if (e.key === "/" && !e.ctrlKey && !e.metaKey && !e.target.closest("input, textarea, select, [contenteditable]")) {
			const search = document.querySelector("input[type=search][name=q]");
			if (search) { e.preventDefault(); search.focus(); search.select(); }
		}
		if (e.key === "s" && (e.ctrlKey || e.metaKey)) {
			const form = document.querySelector("form[data-guard]");
			if (form) { e.preventDefault(); form.requestSubmit(form.querySelector(".save .btn-primary")); }
		}
	});

	// Dialogs: the link's own page stays the way without scripts.
	document.addEventListener("click", (e) => {
		const opener = e.target.closest("[data-dialog]");
		const dialog = opener && document.getElementById(opener.dataset.dialog);
		if (dialog?.showModal) { e.preventDefault(); closeMenus(null); dialog.showModal(); return; }
		const closer = e.target.closest("dialog [data-dialog-close]");
		if (closer) { e.preventDefault(); closer.closest("dialog").close(); return; }
		if (e.target.matches("dialog[open]")) e.target.close();
	});

	// Forms: sent once, and unsaved work is not lost by a click.
	document.addEventListener("submit", (e) => {
		const form = e.target;
		if (form.dataset.sent) { e.preventDefault(); return; }
		if (!("once" in form.dataset)) return;
		form.dataset.sent = "1";
		delete form.dataset.dirty;
		e.submitter?.setAttribute("data-busy", "");
	});
	window.addEventListener("pageshow", () => all(document, "form[data-sent]").forEach((f) => {
		delete f.dataset.sent;
		all(f, "[data-busy]").forEach((b) => b.removeAttribute("data-busy"));
	}));
	document.addEventListener("input", (e) => {
		const form = e.target.form;
		if (!form || !("guard" in form.dataset) || form.dataset.dirty) return;
		form.dataset.dirty = "1";
		const note = form.querySelector("[data-save-note]");
		if (note) note.textContent = note.dataset.words;
	});
	window.addEventListener("beforeunload", (e) => {
		if (document.querySelector("form[data-dirty]")) { e.preventDefault(); e.returnValue = words.wordsLeave; }
	});

	// Lists: choosing rows.
	const countRows = (id) => {
		const boxes = [...all(document, `[data-select="${id}"]`)];
		const chosen = boxes.filter((b) => b.checked).length;
		const every = document.querySelector(`[data-select-all="${id}"]`);
		every.checked = chosen > 0 && chosen === boxes.length;
		every.indeterminate = chosen > 0 && chosen < boxes.length;
		const bar = document.getElementById(id);
		const count = bar.querySelector("[data-bulk-count]");
		count.textContent = chosen ? `${chosen} ${count.dataset.bulkCount}` : "";
	};
	document.addEventListener("change", (e) => {
		const { select, selectAll } = e.target.dataset;
		if (selectAll) all(document, `[data-select="${selectAll}"]`).forEach((b) => { b.checked = e.target.checked; });
		if (select || selectAll) countRows(select || selectAll);
	});

	// Colour scheme: a readable cookie, so that the next page is right at once.
	const setScheme = (scheme) => {
		if (scheme) document.documentElement.dataset.scheme = scheme; else delete document.documentElement.dataset.scheme;
		document.cookie = `ui-scheme=${scheme}; path=/; max-age=${scheme ? 31536000 : 0}; samesite=lax`;
		all(document, "[data-scheme-set]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.schemeSet === scheme)));
	};

	document.addEventListener("click", async (e) => {
		const button = e.target.closest("button");
		if (!button) return;
		const { copy, reveal } = button.dataset;
		if (copy) {
			const field = document.getElementById(copy);
			field.select();
			try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
			say(words.wordsCopied);
			const label = button.querySelector("span");
			const before = label.textContent;
			label.textContent = words.wordsCopied;
			setTimeout(() => { label.textContent = before; }, 1600);
		}
		if (reveal) {
			const field = document.getElementById(reveal);
			const shown = field.type === "password";
			field.type = shown ? "text" : "password";
			button.setAttribute("aria-pressed", String(shown));
		}
		if ("schemeSet" in button.dataset) setScheme(button.dataset.schemeSet);
		if ("print" in button.dataset) window.print();
		if ("alertClose" in button.dataset) button.closest("[data-alert]").remove();
	});

	// Files: dropping them, and a look at what was chosen.
	const showFiles = (zone) => {
		const list = zone.querySelector("[data-drop-files]");
		list.replaceChildren(...[...zone.querySelector("input[type=file]").files].map((file) => {
			const item = make("li", { className: "drop-file" });
			if ("image" in zone.dataset && file.type.startsWith("image/")) {
				const url = URL.createObjectURL(file);
				item.append(make("img", { src: url, alt: "", onload: () => URL.revokeObjectURL(url) }));
			}
			item.append(make("span", { textContent: file.name }));
			return item;
		}));
	};
	const drops = (root) => all(root, "[data-drop]").forEach((zone) => {
		const input = zone.querySelector("input[type=file]");
		zone.querySelector("[data-drop-words]").hidden = false;
		input.addEventListener("change", () => showFiles(zone));
		zone.addEventListener("dragover", (e) => { e.preventDefault(); zone.classList.add("drop-over"); });
		zone.addEventListener("dragleave", (e) => { if (!zone.contains(e.relatedTarget)) zone.classList.remove("drop-over"); });
		zone.addEventListener("drop", (e) => {
			e.preventDefault();
			zone.classList.remove("drop-over");
			const files = new DataTransfer();
			[...e.dataTransfer.files].slice(0, input.multiple ? undefined : 1).forEach((f) => files.items.add(f));
			input.files = files.files;
			input.dispatchEvent(new Event("change", { bubbles: true }));
			input.dispatchEvent(new Event("input", { bubbles: true }));
		});
	});

	// Texts in several languages: tabs over the fields, the same language everywhere.
	const showLanguage = (locale, focus) => all(document, "[data-texts]").forEach((group) => {
		const tabs = [...all(group, "[role=tab]")];
		if (!tabs.some((t) => t.dataset.locale === locale)) return;
		tabs.forEach((t) => { const on = t.dataset.locale === locale; t.setAttribute("aria-selected", String(on)); t.tabIndex = on ? 0 : -1; if (on && focus === group) t.focus(); });
		all(group, ".texts-one").forEach((one) => { one.hidden = one.dataset.locale !== locale; });
	});
	const languages = (root) => all(root, "[data-texts]").forEach((group) => {
		const fields = [...all(group, ".texts-one")];
		if (fields.length < 2) return;
		const bar = make("div", { className: "texts-bar" });
		bar.setAttribute("role", "tablist");
		bar.setAttribute("aria-label", group.querySelector("legend").textContent.trim());
		fields.forEach((one) => {
			const control = one.querySelector("input, textarea");
			const tab = make("button", { type: "button", className: "texts-tab", textContent: one.dataset.localeName });
			tab.setAttribute("role", "tab");
			tab.setAttribute("aria-controls", control.id + "-panel");
			tab.id = control.id + "-tab";
			Object.assign(tab.dataset, { locale: one.dataset.locale });
			if ("filled" in one.dataset) tab.dataset.filled = "";
			if ("bad" in one.dataset) tab.dataset.bad = "";
			one.id = control.id + "-panel";
			one.setAttribute("role", "tabpanel");
			one.setAttribute("aria-labelledby", tab.id);
			control.addEventListener("input", () => { if (control.value) tab.dataset.filled = ""; else delete tab.dataset.filled; });
			tab.addEventListener("click", () => showLanguage(one.dataset.locale));
			bar.append(tab);
		});
		bar.addEventListener("keydown", (e) => {
			const tabs = [...bar.children], at = tabs.indexOf(document.activeElement);
			const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[e.key];
			if (to === undefined) return;
			e.preventDefault();
			showLanguage(tabs[(to + tabs.length) % tabs.length].dataset.locale, group);
		});
		fields[0].before(bar);
		group.classList.add("texts-folded");
		showLanguage((fields.find((f) => "bad" in f.dataset) || fields[0]).dataset.locale);
	});

	// Small tables: rows added and removed in place.
	const tables = (root) => all(root, "[data-rows]").forEach((group) => {
		const body = group.querySelector("[data-rows-body]");
		const template = group.querySelector("[data-rows-template]");
		let next = body.children.length;
		const reveal = (node) => all(node, "[data-rows-end]").forEach((cell) => { cell.hidden = false; });
		reveal(group);
		const add = group.querySelector("[data-rows-add]");
		add.hidden = false;
		add.addEventListener("click", () => {
			const row = template.content.firstElementChild.cloneNode(true);
			all(row, "*").forEach((node) => [...node.attributes].forEach((a) => { if (a.value.includes("__row__")) node.setAttribute(a.name, a.value.replaceAll("__row__", next)); }));
			next++;
			reveal(row);
			body.append(row);
			row.querySelector("input, select")?.focus();
		});
		group.addEventListener("click", (e) => {
			const row = e.target.closest("[data-rows-remove]")?.closest("tr");
			if (!row) return;
			row.remove();
			add.dispatchEvent(new Event("input", { bubbles: true }));
			add.focus();
		});
	});

	// Long lists of boxes: find one, and see what is ticked.
	const finders = (root) => all(root, "[data-find]").forEach((group) => {
		const box = group.querySelector("[data-find-box]");
		const items = [...all(group, "[data-find-item]")];
		const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
		box.hidden = false;
		box.addEventListener("input", () => items.forEach((item) => { item.hidden = !plain(item.textContent).includes(plain(box.value)); }));
		box.addEventListener("keydown", (e) => { if (e.key === "Enter") e.preventDefault(); });
		group.addEventListener("change", () => {
			const names = items.filter((i) => i.querySelector("input").checked).map((i) => i.textContent.trim());
			group.querySelector("[data-find-count]").textContent = names.join(", ") || "–";
		});
	});

	const wake = (root) => {
		["[data-copy]", "[data-reveal]", "[data-print]", "[data-scheme-switch]", ".bulk-all"].forEach((s) => all(root, s).forEach((n) => { n.hidden = false; }));
		all(root, ".flashes [data-alert]").forEach((box) => {
			const close = make("button", { type: "button", className: "btn btn-plain btn-icon alert-close", textContent: "×" });
			close.setAttribute("aria-label", words.wordsClose);
			close.dataset.alertClose = "";
			box.append(close);
		});
		drops(root);
		languages(root);
		tables(root);
		finders(root);
		root.querySelector("[data-focus]")?.focus();
	};
	wake(document);

	// A link to a field inside a hidden language shows that language first.
	document.addEventListener("click", (e) => {
		const id = e.target.closest?.("a[href^='#f-']")?.hash.slice(1);
		if (!id) return;
		const field = document.getElementById(id) || document.querySelector(`[id^="${CSS.escape(id)}-"]`);
		const one = field?.closest(".texts-one");
		if (one) showLanguage(one.dataset.locale);
		field?.closest("details")?.setAttribute("open", "");
		const target = field?.matches("input, select, textarea") ? field : field?.querySelector("input, select, textarea, summary");
		if (target) { e.preventDefault(); target.focus(); }
	});
})();
