// One spelling for all that people would call the same word: what search/folding.py says, in the browser.
"use strict";

const folding = (() => {
  // Where folding case is more than lower case.
  const CASES = new Map(Object.entries({
    "ß": "ss", "ẞ": "ss", "ς": "σ", "\u0345": "ι",
    "ᲀ": "в", "ᲁ": "д", "ᲂ": "о", "ᲃ": "с", "ᲄ": "т", "ᲅ": "т", "ᲆ": "ъ", "ᲇ": "ѣ", "ᲈ": "ꙋ",
  }));
  const CHEROKEE = /\p{Script=Cherokee}/u;

  // What normalisation leaves apart and readers do not: other forms of a letter, in one.
  const SAME_LETTER = {
    "ا": "ٱٲٳٵ", "ي": "ىیېۍےۓٸ", "ه": "ةہھۀۂۃەە", "ك": "کڪ", "و": "ۆۇۈۋٶٷ",
    ae: "æ", oe: "œ", i: "ı", j: "ȷ", d: "ð", th: "þ", n: "ŋ", k: "ĸ", s: "ſ",
  };
  // The Latin letters with something that normalisation does not take off.
  const WITH_SOMETHING = {
    a: "ᶏⱥ", b: "ƀƃɓᵬᶀꞗ", c: "ƈȼɕꞓꞔ𝼝", d: "đƌȡɖɗᵭᶁᶑꟈ", e: "ɇᶒⱸꬴ", f: "ƒᵮᶂꞙ", g: "ǥɠᶃꞡ", h: "ħɦⱨꞕ",
    i: "ɨᶖ𝼚", j: "ɉʝ", k: "ƙᶄⱪꝁꝃꝅꞣ", l: "łƚȴɫɬɭᶅⱡꝉꞎꬷꬸꬹ𝼑𝼓", m: "ɱᵯᶆꬺ", n: "ƞȵɲɳᵰᶇꞑꞥꬻ", o: "øⱺꝋꝍ𝼛",
    p: "ƥᵱᵽᶈꝑꝓꝕ", q: "ɋʠꝗꝙ", r: "ɍɼɽɾᵲᵳᶉꞧꭉ𝼖", s: "ȿʂᵴᶊꞩꟊ𝼞", t: "ŧƫƭȶʈᵵⱦ𝼉", u: "ᶙꞹꭎꭒ", v: "ʋᶌⱱⱴꝟ",
    w: "ⱳ", x: "ᶍꭖꭗꭘꭙ", y: "ƴɏỿꭚ", z: "ƶȥɀʐʑᵶᶎⱬ",
  };
  const WITHIN_A_WORD = new Set("'’‘‛ʼʻʽʾʿˈ′´`ʹ՚ꞌ＇‐-‑");
  const TATWEEL = "ـ";
  const DIGIT = /\p{Nd}/u;
  const NOTHING = /[\p{Mn}\p{Me}\p{Cf}\p{Cs}\p{Cn}]/u;
  const KEPT = /[\p{L}\p{N}\p{M}]/u;
  const LETTERS = new Map(
    [SAME_LETTER, WITH_SOMETHING].flatMap((table) =>
      Object.entries(table).flatMap(([letter, others]) => [...others].map((other) => [other, letter])),
    ),
  );

  const inOneCase = (text) =>
    [...text].map((one) => CASES.get(one) ?? (CHEROKEE.test(one) ? one.toUpperCase() : one.toLowerCase())).join("");

  // Decomposed and in one case; a second round for what the first brings to light.
  function withoutForms(text) {
    for (let round = 0; round < 2; round++) text = inOneCase(text.normalize("NFKD"));
    return text.normalize("NFKD");
  }

  // The digits of a script follow each other, from zero to nine.
  function valueOf(digit) {
    let value = 0;
    for (let code = digit.codePointAt(0) - 1; DIGIT.test(String.fromCodePoint(code)); code--) value++;
    return String(value % 10);
  }

  function foldedCharacter(one) {
    if (LETTERS.has(one)) return LETTERS.get(one);
    if (DIGIT.test(one)) return valueOf(one);
    if (one === TATWEEL || NOTHING.test(one)) return "";
    return WITHIN_A_WORD.has(one) || !KEPT.test(one) ? " " : one;
  }

  // Letters and digits without marks and case, words parted by one space.
  const folded = (text) =>
    [...withoutForms(text)].map(foldedCharacter).join("").split(/\s+/u).filter(Boolean).join(" ");

  // Likewise, with apostrophes and hyphens left out, as many write such words.
  const joined = (text) => folded([...text].filter((one) => !WITHIN_A_WORD.has(one)).join(""));

  return { folded, joined };
})();
