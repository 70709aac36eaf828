using System.Threading.RateLimiting;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace ClassHub.Web.Startup;

public static class Accounts
{
    public const string JoinCodes = "join-codes";

    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityCore<Account>().AddEntityFrameworkStores<ClassHubDb>();
        services.AddSingleton<SessionUse>();
        services.AddAuthentication(SessionCookie.SchemeName).AddScheme<AuthenticationSchemeOptions, SessionCookie>(SessionCookie.SchemeName, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddHttpContextAccessor();
        services.AddScoped(provider => provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<SignedInPerson>()
            ?? throw new InvalidOperationException("Nobody is signed in."));
        services.AddScoped(provider => provider.GetRequiredService<SignedInPerson>().Viewer);

        services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = Passwords.Rounds);
        services.AddSingleton<Guesses>();
        services.AddSingleton<WaitingRoom>();
        services.AddScoped<CheckPassword>();
        services.AddScoped<SignIn>();
        services.AddScoped<Passwords>();
        services.AddScoped<ConfirmPassword>();
        services.AddScoped<ManagePeople>();
        services.AddScoped<SetUpSchool>();
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            // Codes of 44 bits and ten tries a minute: a guess a second for a year finds nothing.
            limits.AddPolicy(JoinCodes, context => HttpMethods.IsPost(context.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(Network.Of(context), _ => new() { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter("reading"));
        });
    }
}
