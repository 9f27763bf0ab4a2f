using System.Collections.Frozen;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>The active currencies of ISO 4217 and how many digits their minor unit has.</summary>
internal static class Currencies
{
    private const string NoDigits = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

    private const string TwoDigits =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE " +
        "CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD " +
        "HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP " +
        "MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD " +
        "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS " +
        "VED VES WST XCD XCG YER ZAR ZMW ZWG ANG CUC HRK SLL ZWL";

    private const string ThreeDigits = "BHD IQD JOD KWD LYD OMR TND";

    private static readonly FrozenDictionary<string, int> MinorDigits = Codes(NoDigits, 0)
        .Concat(Codes(TwoDigits, 2))
        .Concat(Codes(ThreeDigits, 3))
        .Append(new("CLF", 4))
        .Append(new("UYW", 4))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        MinorDigits.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Digits of the minor unit, letter case ignored; false if the code is not one of ISO 4217.</summary>
    public static bool TryGetMinorDigits(ReadOnlySpan<byte> code, out int digits)
    {
        digits = 0;
        if (code.Length != 3)
            return false;
        Span<char> letters = [(char)code[0], (char)code[1], (char)code[2]];
        return Lookup.TryGetValue(letters, out digits);
    }

    private static IEnumerable<KeyValuePair<string, int>> Codes(string codes, int digits) =>
        codes.Split(' ').Select(code => KeyValuePair.Create(code, digits));
}
