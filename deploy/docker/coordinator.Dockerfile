# The coordinator: no libtorch, a few dozen MiB on top of ASP.NET Core. From the repository's root:
#   docker build -f deploy/docker/coordinator.Dockerfile -t maml-coordinator:0.1.0 .
#
# The bases are pinned to complete versions. Digests, which also pin what a tag is rebuilt with, belong to whoever mirrors them:
#   docker buildx imagetools inspect mcr.microsoft.com/dotnet/aspnet:10.0.12-noble     # then --build-arg RUNTIME=…@sha256:…
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0.401-noble
ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0.12-noble

FROM ${SDK} AS build
WORKDIR /source
ENV MamlPackages=registry \
    DOTNET_CLI_TELEMETRY_OPTOUT=1
# Packages first: they change less often than sources, and this layer is kept then.
COPY .editorconfig global.json Directory.*.props Directory.*.targets ./
COPY build/ build/
COPY src/Directory.Build.props src/Directory.Build.targets src/
COPY src/Shared/Maml.Cluster.Shared.csproj src/Shared/
COPY src/Coordinator/Maml.Cluster.Coordinator.csproj src/Coordinator/
RUN dotnet restore src/Coordinator -r linux-x64
COPY protos/ protos/
COPY src/Shared/ src/Shared/
COPY src/Coordinator/ src/Coordinator/
RUN dotnet publish src/Coordinator --no-restore -c Release -r linux-x64 --self-contained false -o /application

FROM ${RUNTIME}
# Owned by the user that runs, since a new volume takes over owner and mode of what lies beneath it.
RUN mkdir -p /var/lib/maml && chown 10001:10001 /var/lib/maml
WORKDIR /application
COPY --from=build /application/ ./
# No user of that name is needed: Kubernetes asks for a number to see that it is not root.
USER 10001:10001
# The host and its health check read the same file; an empty value stands for none.
ENV HOME=/tmp \
    DOTNET_gcServer=0 \
    MAML_COORDINATOR_CONFIG=/etc/maml/configuration/coordinator.yaml
EXPOSE 5100 9464
VOLUME /var/lib/maml
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 \
    CMD ["dotnet", "Maml.Cluster.Coordinator.dll", "--health-check=ready"]
ENTRYPOINT ["dotnet", "Maml.Cluster.Coordinator.dll"]
