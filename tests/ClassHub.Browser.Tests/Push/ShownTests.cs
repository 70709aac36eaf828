using System.Text.Json;
using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Push;

/// <summary>What a message looks like on the device. It comes in by the browser's own door for testing, because its maker's servers are out of reach here.</summary>
[Collection(OnABadLine.Name)]
public sealed class ShownTests(Chromium chromium, DemoServer school)
{
    [Fact]
    public async Task A_message_shows_although_ClassHub_is_not_open_and_a_second_of_the_day_takes_its_place()
    {
        await using var device = await chromium.PhoneAsync(school);
        await device.Page.Context.GrantPermissionsAsync(["notifications"]);
        await device.SignInAsync("amira", isOwn: true);
        await device.KeepsPagesAsync();
        var browser = await device.Page.Context.NewCDPSessionAsync(device.Page);
        var registered = new TaskCompletionSource<string>();
        browser.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, told) =>
        {
            foreach (var one in told!.Value.GetProperty("registrations").EnumerateArray()) registered.TrySetResult(one.GetProperty("registrationId").GetString()!);
        };
        await browser.SendAsync("ServiceWorker.enable");
        var id = await registered.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Task<string[]> ShownAsync() => device.Page.EvaluateAsync<string[]>("async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(n => [n.title, n.body, n.data].join('|'))");
        // Two that come in the same moment may show in any order: the next is sent when this one is seen.
        async Task PushAsync(string said, string seen)
        {
            await browser.SendAsync("ServiceWorker.deliverPushMessage", new() { ["origin"] = school.Address, ["registrationId"] = id, ["data"] = said });
            for (var tries = 0; tries < 100 && !(await ShownAsync()).Contains(seen); tries++) await Task.Delay(100);
        }

        await PushAsync("""{"title":"2 tasks for you","body":"Fractions, by 16:00.","tag":"Daily-1","url":"/"}""", "2 tasks for you|Fractions, by 16:00.|/");
        await PushAsync("""{"title":"1 task for you","body":"Fractions, by 16:00.","tag":"Daily-1","url":"/work"}""", "1 task for you|Fractions, by 16:00.|/work");
        await PushAsync("""{"title":"The school is closed","body":"Stay at home.","tag":"Urgent-7","url":"/news"}""", "The school is closed|Stay at home.|/news");

        Assert.Equal(["1 task for you|Fractions, by 16:00.|/work", "The school is closed|Stay at home.|/news"], (await ShownAsync()).Order());
    }
}
