// Opens a sealed card with the merchant's key, in this browser alone. The key is unwrapped before the card is asked for: a wrong
// passphrase opens nothing, is written nowhere, and does not use up the security code.
(() => {
	const place = document.getElementById("sealed");
	const subtle = window.isSecureContext && window.crypto && window.crypto.subtle;
	if (!place || !subtle) return;
	const { key, point, wrapped, payment } = place.dataset;
	const form = document.getElementById("open-card");
	const by = (name) => document.getElementById("card-" + name);
	const parts = ["number", "expiry", "name", "code"];
	const curve = { name: "ECDH", namedCurve: "P-256" };
	const words = new TextEncoder();
	const shownFor = 5 * 60 * 1000;
	const read64 = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

	const say = (name, wrong) => {
		const input = by(name), error = by(name + "-error");
		error.textContent = wrong;
		error.hidden = !wrong;
		if (wrong) { input.setAttribute("aria-invalid", "true"); input.focus(); } else input.removeAttribute("aria-invalid");
	};

	const unwrap = async (locked, phrase) => {
		const [version, rounds, salt, nonce, box] = locked.split(".");
		if (version !== "1") throw new Error("version");
		const base = await subtle.importKey("raw", words.encode(phrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
		const lock = await subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt: read64(salt), iterations: Number(rounds) }, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
		const pkcs8 = await subtle.decrypt({ name: "AES-GCM", iv: read64(nonce), additionalData: words.encode(point) }, lock, read64(box));
		return subtle.importKey("pkcs8", pkcs8, curve, false, ["deriveBits"]);
	};

	const open = async (secret, part, text) => {
		const [version, sealedWith, own, nonce, box] = text.split(".");
		if (version !== "1" || sealedWith !== key) throw new Error("box");
		const theirs = await subtle.importKey("raw", read64(own), curve, false, []);
		const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, secret, 256);
		const about = words.encode(["echoppe.terminal.1", part, payment, key].join("|"));
		const base = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
		const lock = await subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: read64(own), info: about }, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
		return new TextDecoder().decode(await subtle.decrypt({ name: "AES-GCM", iv: read64(nonce), additionalData: about }, lock, read64(box))).trimEnd();
	};

	const hide = () => {
		for (const part of parts) document.getElementById("shown-" + part).textContent = "";
		by("shown").hidden = by("hide").hidden = true;
		form.hidden = false;
	};

	const show = (card) => {
		for (const part of parts) document.getElementById("shown-" + part).textContent = card[part];
		by("shown").hidden = by("hide").hidden = false;
		form.hidden = true;
		by("said").textContent = place.dataset.done;
		setTimeout(hide, shownFor);
		by("hide").focus();
	};

	// The file of a key; null for none that fits.
	const fromFile = async () => {
		const file = by("file").files[0];
		if (!file) return null;
		try {
			const kept = JSON.parse(await file.text());
			return kept.point === point ? kept.wrapped : null;
		} catch {
			return null;
		}
	};

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		event.stopPropagation(); // it is sent by hand, and may be sent again
		say("file", "");
		say("phrase", "");
		by("said").textContent = "";
		const locked = by("file").files.length > 0 ? await fromFile() : wrapped;
		if (!locked) {
			say("file", place.dataset.needFile);
			return;
		}
		let secret;
		try {
			secret = await unwrap(locked, by("phrase").value);
		} catch {
			say("phrase", place.dataset.wrong);
			return;
		}
		by("phrase").value = "";
		try {
			const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
			if (!answer.ok) {
				by("said").textContent = place.dataset.gone;
				return;
			}
			const boxes = await answer.json();
			const card = JSON.parse(await open(secret, "card", boxes.box));
			card.number = card.number.replace(/(.{4})(?=.)/g, "$1 ");
			card.code = boxes.code ? await open(secret, "code", boxes.code) : place.dataset.codeGone;
			show(card);
		} catch {
			by("said").textContent = place.dataset.unable;
		}
	});
	by("hide").addEventListener("click", () => { hide(); by("phrase").focus(); });
	window.addEventListener("pagehide", hide);
	place.hidden = false;
})();
