// Makes a pair of keys for sealed cards. The private one leaves this browser only wrapped by a key made of the passphrase:
// into a file, and to the server where the merchant wants a copy there.
(() => {
	const place = document.getElementById("key-fields");
	const subtle = window.isSecureContext && window.crypto && window.crypto.subtle;
	if (!place || !subtle) return;
	const form = document.getElementById("new-key");
	const by = (name) => document.getElementById("key-" + name);
	const rounds = 600000;
	const write64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
	const words = new TextEncoder();

	const say = (name, wrong) => {
		const input = by(name), error = by(name + "-error");
		error.textContent = wrong;
		error.hidden = !wrong;
		if (wrong) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
		return !wrong;
	};

	const wrap = async (phrase, pkcs8, point) => {
		const salt = crypto.getRandomValues(new Uint8Array(16)), nonce = crypto.getRandomValues(new Uint8Array(12));
		const base = await subtle.importKey("raw", words.encode(phrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
		const lock = await subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
		const box = await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: words.encode(point) }, lock, pkcs8);
		return ["1", rounds, write64(salt), write64(nonce), write64(box)].join(".");
	};

	const save = (point, wrapped) => {
		const file = new Blob([JSON.stringify({ kind: "echoppe.terminal.key", point, wrapped }, null, "\t")], { type: "application/json" });
		const link = document.createElement("a");
		link.href = URL.createObjectURL(file);
		link.download = "terminal-" + new Date().toISOString().slice(0, 10) + ".json";
		link.click();
		setTimeout(() => URL.revokeObjectURL(link.href), 60000);
	};

	let made = null;
	by("make").addEventListener("click", async () => {
		const phrase = by("phrase").value;
		const good = [say("phrase", phrase.length >= 12 ? "" : by("phrase").dataset.bad), say("again", by("again").value === phrase ? "" : by("again").dataset.bad)];
		if (!good[0] || !good[1]) {
			by(good[0] ? "again" : "phrase").focus();
			return;
		}
		by("make").disabled = true;
		try {
			const pair = await subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
			const point = write64(await subtle.exportKey("raw", pair.publicKey));
			const wrapped = await wrap(phrase, await subtle.exportKey("pkcs8", pair.privateKey), point);
			made = { point, wrapped };
			save(point, wrapped);
			by("phrase").value = by("again").value = "";
			by("made").textContent = by("made").dataset.words;
			by("use").disabled = false;
			by("use").focus();
		} catch {
			by("made").textContent = by("made").dataset.unable;
		}
		by("make").disabled = false;
	});
	form.addEventListener("submit", (event) => {
		if (!made) {
			event.preventDefault();
			event.stopPropagation();
			return;
		}
		form.elements.point.value = made.point;
		form.elements.wrapped.value = by("keep").checked ? made.wrapped : "";
	});
	place.hidden = false;
})();
