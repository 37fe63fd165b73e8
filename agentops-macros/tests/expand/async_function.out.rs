/// Answers one question.
#[must_use]
pub async fn answer(r#question: &str, r#retries: u32) -> Result<String, Error> {
    ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<Result<String, Error>>();
                }
                ::agentops::__private::start_future(
                    {
                        static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            "answer",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                        );
                        &__AGENTOPS_SITE
                    },
                    if ::agentops::__private::wants_arguments() {
                        ::agentops::__private::arguments(
                            &[
                                (
                                    "question",
                                    ::agentops::__private::content_of(&r#question)
                                        .__agentops_content(),
                                ),
                                (
                                    "retries",
                                    ::agentops::__private::content_of(&r#retries)
                                        .__agentops_content(),
                                ),
                            ],
                        )
                    } else {
                        ::agentops::__private::no_arguments()
                    },
                );
                let question = r#question;
                let mut retries = r#retries;
                {
                    retries += 1;
                    ask(question, retries).await
                }
            },
            |__agentops_value, __agentops_seen| ::agentops::__private::look(
                __agentops_seen,
                ::agentops::__private::returned(
                        ::agentops::__private::probe(__agentops_value).__agentops_split(),
                    )
                    .__agentops_look(),
            ),
            true,
        )
        .await
}
fn unit() -> impl ::core::future::Future<Output = ()> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<()>();
            }
            ::agentops::__private::start_future(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        "unit",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    );
                    &__AGENTOPS_SITE
                },
                ::agentops::__private::no_arguments(),
            );
        },
        ::agentops::__private::look_away,
        false,
    )
}
