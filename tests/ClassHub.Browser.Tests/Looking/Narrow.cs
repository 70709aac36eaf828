namespace ClassHub.Browser.Tests.Looking;

/// <summary>Whether a page scrolls sideways on a small phone, from left or from right.</summary>
internal static class Narrow
{
    private const int Phone = 360;

    public static async Task<IReadOnlyList<string>> WiderThanAPhoneAsync(this IPage page)
    {
        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(Phone, 740);
        var widths = await page.EvaluateAsync<int[]>("""
            () => ["rtl", "ltr"].map(direction => { document.documentElement.dir = direction; return document.documentElement.scrollWidth })
            """);
        await page.SetViewportSizeAsync(size.Width, size.Height);
        return [.. widths.Where(width => width > Phone).Select(width => $"is {width} wide on a phone of {Phone}")];
    }
}
