# The program, its manual pages and the completions of shells. Nothing is fetched when it runs.
#   docker build --tag contresens .
#   docker run --rm --network none --user "$(id -u):$(id -g)" --volume "$PWD:/work" contresens check .
FROM rust:1.91-slim-trixie AS build
WORKDIR /src
COPY . .
RUN cargo install --locked --path . --root /usr/local \
    && mkdir -p /out/share/man/man1 /out/share/bash-completion/completions /out/share/zsh/site-functions /out/share/fish/vendor_completions.d \
    && contresens man --dir /out/share/man/man1 \
    && contresens completions bash > /out/share/bash-completion/completions/contresens \
    && contresens completions zsh > /out/share/zsh/site-functions/_contresens \
    && contresens completions fish > /out/share/fish/vendor_completions.d/contresens.fish

FROM debian:trixie-slim
COPY --from=build /usr/local/bin/contresens /usr/local/bin/contresens
COPY --from=build /out/share /usr/local/share
USER 65534:65534
WORKDIR /work
ENTRYPOINT ["contresens"]
CMD ["--help"]
