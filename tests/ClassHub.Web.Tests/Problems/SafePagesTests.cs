using System.Net;

namespace ClassHub.Web.Tests.Problems;

/// <summary>What holds for every answer, whoever asks.</summary>
public sealed class SafePagesTests
{
    [Theory]
    [InlineData("/login")]
    [InlineData("/nowhere")]
    [InlineData("/health/live")]
    [InlineData("/logo.svg")]
    public async Task Every_answer_tells_the_browser_to_trust_nobody_else(string path)
    {
        using var visitor = (await TestSite.SharedAsync()).Visitor();

        var answer = await visitor.GetAsync(path);

        Assert.StartsWith("default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("http", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
    }

    [Fact]
    public async Task CS07_No_page_is_found_by_search_engines_and_signed_in_pages_stay_private()
    {
        var site = await TestSite.SharedAsync();
        using var anybody = site.Visitor();
        using var amira = await site.SignedInAsync("Haddad");

        var open = await anybody.GetAsync("/login");
        var own = await amira.GetAsync("/me");

        Assert.Equal("noindex, nofollow", open.Header("X-Robots-Tag"));
        Assert.Equal("noindex", open.Page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Matches("^(no-store(, no-cache)?|private, no-cache|no-cache, private)$", own.Header("Cache-Control"));
        Assert.DoesNotContain("Haddad", open.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CS09_No_page_may_use_the_place_the_camera_or_other_sensors()
    {
        using var visitor = (await TestSite.SharedAsync()).Visitor();

        var policy = (await visitor.GetAsync("/login")).Header("Permissions-Policy")!;

        foreach (var sense in new[] { "geolocation", "camera", "microphone", "accelerometer", "gyroscope", "usb", "idle-detection", "local-fonts" })
            Assert.Contains($"{sense}=()", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("self", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CS09_Only_a_page_with_the_recorder_may_ask_for_microphone_camera_and_screen()
    {
        var site = await TestSite.SharedAsync();
        using var okafor = await site.SignedInAsync("Okafor");
        var maple = await site.WithDbAsync(db => Task.FromResult(db.Classes.Single(c => c.Name == "5 Maple").Id));

        var composer = (await okafor.GetAsync($"/classes/{maple}/posts/new")).Header("Permissions-Policy")!;

        foreach (var sense in new[] { "camera", "microphone", "display-capture" }) Assert.Contains($"{sense}=(self)", composer, StringComparison.Ordinal);
        foreach (var sense in new[] { "geolocation", "accelerometer", "usb" }) Assert.Contains($"{sense}=()", composer, StringComparison.Ordinal);
        foreach (var path in new[] { "/", $"/classes/{maple}", "/me" })
            Assert.DoesNotContain("self", (await okafor.GetAsync(path)).Header("Permissions-Policy")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("same-origin", "?1", "now")]
    [InlineData("cross-site", "?1", "ready")]
    [InlineData("none", "?1", "ready")]
    [InlineData("same-origin", null, "ready")]
    public async Task Only_a_press_on_our_own_page_starts_a_recording(string from, string? press, string opens)
    {
        var site = await TestSite.SharedAsync();
        using var okafor = await site.SignedInAsync("Okafor");
        var maple = await site.WithDbAsync(db => Task.FromResult(db.Classes.Single(c => c.Name == "5 Maple").Id));
        var request = new HttpRequestMessage(HttpMethod.Get, $"/classes/{maple}/posts/new?record=voice") { Headers = { { "Accept", "text/html" }, { "Sec-Fetch-Site", from } } };
        if (press is not null) request.Headers.Add("Sec-Fetch-User", press);

        var page = (await okafor.SendAsync(request)).Page;

        Assert.Equal(opens, page.QuerySelector("[data-recorder]")!.GetAttribute("data-open"));
    }

    [Fact]
    public async Task What_is_denied_and_what_is_missing_look_the_same()
    {
        var site = await TestSite.SharedAsync();
        using var kai = await site.SignedInAsync("Moana");
        var maple = await site.WithDbAsync(db => Task.FromResult(db.Classes.Single(c => c.Name == "5 Maple").Id));

        var denied = await kai.GetAsync($"/classes/{maple}");
        var missing = await kai.GetAsync("/classes/999999");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (denied.Status, missing.Status));
        Assert.Equal(missing.Body, denied.Body);
        Assert.Equal("There is nothing here", denied.Page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_form_of_another_site_does_nothing_here()
    {
        var site = await TestSite.SharedAsync();
        using var amira = await site.SignedInAsync("Haddad");
        var token = await amira.TokenAsync();

        foreach (var from in new[] { "cross-site", "same-site" })
        {
            var answer = await amira.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/logout")
            {
                Content = new FormUrlEncodedContent([KeyValuePair.Create("_form", token)]),
                Headers = { { "Sec-Fetch-Site", from } },
            });
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        }
        Assert.Equal(HttpStatusCode.OK, (await amira.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_in_plain_words()
    {
        var site = await TestSite.SharedAsync();
        using var amira = await site.SignedInAsync("Haddad");

        var answer = await amira.PostAsync("/logout");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Go back, load the page again", answer.Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await amira.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task Nobody_signed_in_is_led_to_the_sign_in_page_and_a_program_is_told_so()
    {
        using var visitor = (await TestSite.SharedAsync()).Visitor();

        var page = await visitor.GetAsync("/me/sessions?a=b");
        var program = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/me/sessions"));

        Assert.Equal("/login?returnUrl=%2Fme%2Fsessions%3Fa%3Db", page.Location);
        Assert.Equal(HttpStatusCode.Unauthorized, program.Status);
    }
}
