namespace ClassHub.People;

/// <summary>Letters of other scripts in a to z, for usernames only: short and to be typed on any keyboard, not a way to write a name.</summary>
internal static class Romanised
{
    private const string Cyrillic = "а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh "
        + "щ shch ы y э e ю yu я ya і i є e ґ g ђ dj ј j љ lj њ nj ћ c џ dz ѕ dz ә a ғ g қ k ң n ө o ұ u ү u һ h ҳ h ҷ j";
    private const string Greek = "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s τ t υ y φ f χ ch ψ ps ω o";
    private const string Arabic = "ا a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q ك k ل l م m ن n ه h و w ي y ة a "
        + "پ p چ ch ژ zh گ g ٹ t ڈ d ڑ r ں n ے e";
    private const string Hebrew = "א a ב b ג g ד d ה h ו v ז z ח ch ט t י y ך k כ k ל l ם m מ m ן n נ n ס s ע a ף p פ p ץ ts צ ts ק k ר r ש sh ת t";
    private const string Georgian = "ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u "
        + "ფ p ქ k ღ gh ყ q შ sh ჩ ch ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h";
    private const string Armenian = "ա a բ b գ g դ d ե e զ z է e ը e թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n շ sh ո o "
        + "չ ch պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f";

    private static readonly Dictionary<char, string> Table = string.Join(' ', Cyrillic, Greek, Arabic, Hebrew, Georgian, Armenian)
        .Split(' ').Chunk(2).ToDictionary(pair => pair[0][0], pair => pair[1]);

    /// <summary>Nothing for a letter that has none.</summary>
    public static string Of(char letter) =>
        char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) ? letter.ToString() : Table.GetValueOrDefault(letter, "");
}
