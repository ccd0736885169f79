// Handing letters on by itself (自动补发): an unlocked browser gives every inspector in office what they lack, so that
// nothing closes when somebody goes. Who could be meant by the words is left to a person (信箱钥匙).
"use strict";
globalThis.handing = (() => {
  const { data, say, why, tell } = desk;
  const CALLED = "书记|主任|科长|部长|处长|队长|矿长|班长|监察|师傅|某|工|总|头";
  const bare = (words) => words.normalize("NFKC").replace(/\\[nrt]|\s/gu, "");
  const plain = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // Whether words could name somebody (是否写到他): it costs a colleague a letter, the other way it costs a speaker.
  function named(words, line) {
    const name = bare(line.name), families = [name.slice(0, 1), ...(name.length > 2 ? [name.slice(0, 2)] : [])];
    return families.some((family) => new RegExp(`[老小]${plain(family)}|${plain(family)}(?:${CALLED})`).test(words))
      || words.includes(name) || new RegExp(`(?<!\\d)${plain(line.holder)}(?!\\d)`).test(words);
  }

  async function opened(mine, one) {
    const key = await sealing.unwrap(mine, one.number, one.wrap);
    const letter = await sealing.letter(key, one.number, sealing.from64(one.head));
    const { room, reply, ...told } = letter;
    const later = await Promise.all(one.messages.map((sealed) => sealing.heard(letter, one.number, one.room, sealed)));
    return { key, words: bare([JSON.stringify(told), ...later].join(" ")) };
  }

  async function give(one, mine, proven, at, count) {
    const got = one.share ? null : await opened(mine, one);
    for (const place of one.places) {
      const line = proven.get(place);
      if (!line) throw new Error(say("root"));
      if (got && named(got.words, line)) { count.held += 1; continue; }
      const wrap = got ? await sealing.wrap(line, got.key, one.number) : await sealing.share(mine, line, one.number, one.wrap);
      await data(at.replace("NUMBER", one.number), { place, wrap, share: one.share });
      count.given += 1;
    }
  }

  // Portion by portion; one that fails is left for the next unlocking and stops none of the others.
  async function run({ lacking, at, mine, proven, note, still }) {
    const count = { given: 0, held: 0, failed: 0 };
    let after = "", seen = 0, total = 0, fault = null;
    for (;;) {
      const { letters, left } = await data(lacking, { after });
      total ||= left;
      for (const one of letters) {
        if (!still()) return count;
        seen += 1;
        tell(note, say("handing", ` ${seen} / ${total}`));
        try { await give(one, mine, proven, at, count); } catch (met) { count.failed += 1; fault = met; }
        after = one.number;
      }
      if (!letters.length) break;
    }
    const said = [count.given && say("given", `${count.given}`), count.held && say("held", `${count.held}`),
      count.failed && `${say("not_given", `${count.failed}`)}（${why(fault, "unreadable")}）`].filter(Boolean);
    tell(note, said.join("；"), count.failed || count.held ? "warn" : "success");
    return count;
  }

  return { run };
})();
