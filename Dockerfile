# The page.
FROM node:20 AS page
WORKDIR /src/WebClient
COPY WebClient/package.json WebClient/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY WebClient/ ./
RUN npm run build

# The server.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS server
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig appsettings.json ./
COPY Shared/ Shared/
COPY Server/ Server/
COPY docs/errors.md docs/
RUN dotnet publish Server/KaiChat.Server.csproj --configuration Release -p:SkipWebClient=true --output /app
COPY --from=page /src/Server/wwwroot /app/wwwroot

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libsqlite3-0 \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --mode=700 --owner=$APP_UID --group=$APP_UID /data
WORKDIR /app
COPY --from=server /app ./
# The base image's own setting of the port would only be warned of.
ENV ASPNETCORE_HTTP_PORTS= \
    Kestrel__Endpoints__Web__Url=http://*:8080 \
    Storage__Directory=/data
USER $APP_UID
VOLUME /data
EXPOSE 8080 29200
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["dotnet", "KaiChat.Server.dll", "healthcheck"]
ENTRYPOINT ["dotnet", "KaiChat.Server.dll"]
