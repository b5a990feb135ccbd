//! What officers and applicants of the demo write, in the language of the application.

use civic::Language;

/// What is said.
#[derive(Debug, Clone, Copy)]
pub(super) enum Said {
    /// The office asks for what it cannot read.
    Unreadable,
    /// The applicant gives it.
    Answer,
    /// Why it is granted.
    Granted,
    /// Why it is refused.
    Refused,
    /// Why the applicant appeals.
    Appeal,
    /// Why it is decided so on appeal.
    Anew,
}

impl Said {
    /// The words, with a note that they are made up.
    pub(super) fn in_language(self, language: Language) -> String {
        let [en, es, ar] = self.words();
        match language {
            Language::En => format!("{en} (Simulated.)"),
            Language::Es => format!("{es} (Simulado.)"),
            Language::Ar => format!("{ar} (محاكاة.)"),
        }
    }

    fn words(self) -> [&'static str; 3] {
        match self {
            Self::Unreadable => [
                "One answer cannot be read. Please say it again.",
                "Una respuesta no se puede leer. Díganosla otra vez, por favor.",
                "لا يمكن قراءة إحدى الإجابات. نرجو ذكرها ثانية.",
            ],
            Self::Answer => ["Here it is.", "Aquí la tienen.", "ها هي."],
            Self::Granted => [
                "What was answered meets the requirements of the law named on the page.",
                "Lo respondido cumple los requisitos de la norma que se cita en la página.",
                "ما أُجيب به يستوفي شروط القانون المذكور في الصفحة.",
            ],
            Self::Refused => [
                "One requirement of the law named on the page is not met by what was answered.",
                "Lo respondido no cumple uno de los requisitos de la norma que se cita en la página.",
                "ما أُجيب به لا يستوفي أحد شروط القانون المذكور في الصفحة.",
            ],
            Self::Appeal => {
                ["I believe the requirement is met.", "Creo que el requisito se cumple.", "أرى أن الشرط مستوفى."]
            }
            Self::Anew => [
                "The application was looked at anew by somebody who had not decided before.",
                "Volvió a examinar la solicitud alguien que no había decidido antes.",
                "نظر في الطلب من جديد شخص لم يقرر فيه من قبل.",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Said;
    use civic::Language;

    #[test]
    fn reasons_are_reasons_in_every_language() {
        for said in [Said::Granted, Said::Refused, Said::Anew] {
            for language in Language::ALL {
                assert!(said.in_language(language).chars().count() >= 20, "{said:?} {language}");
            }
        }
    }
}
