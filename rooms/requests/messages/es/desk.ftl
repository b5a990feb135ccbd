bulk-pick = Elegir
bulk-pick-all = Elegir todos los de esta página
bulk-pick-one = Elegir { $code }
bulk-label = Con los elegidos:
bulk-go = Seguir
bulk-take = hacerse cargo
bulk-assign = darlos a un colega
bulk-pass = pasarlos a otro organismo
bulk-answer = responder en público
bulk-note = nota para colegas
bulk-resolve = resolverlos
bulk-decline = rechazarlos
bulk-which = Qué avisos
bulk-back = Volver a la mesa
bulk-partly = { $done } hechos, { $left } pendientes. Lo que escribió sigue aquí.
bulk-take-heading = { $count ->
    [one] Hacerse cargo de un aviso
   *[other] Hacerse cargo de { $count } avisos
}
bulk-assign-heading = { $count ->
    [one] Dar un aviso a un colega
   *[other] Dar { $count } avisos a un colega
}
bulk-pass-heading = { $count ->
    [one] Pasar un aviso a otro organismo
   *[other] Pasar { $count } avisos a otro organismo
}
bulk-answer-heading = { $count ->
    [one] Responder un aviso en público
   *[other] Responder { $count } avisos en público
}
bulk-note-heading = { $count ->
    [one] Nota en un aviso
   *[other] Nota en { $count } avisos
}
bulk-resolve-heading = { $count ->
    [one] Resolver un aviso
   *[other] Resolver { $count } avisos
}
bulk-decline-heading = { $count ->
    [one] Rechazar un aviso
   *[other] Rechazar { $count } avisos
}
flash-bulk-none = Elija primero avisos de su organismo: marque sus casillas.
flash-bulk-done = Hecho con todos los elegidos.
refusal-bulk-none = Elija al menos un aviso.
refusal-bulk-many = Elija como máximo { $most } avisos a la vez.
refusal-bulk-act = Elija qué hacer: take, assign, pass, answer, note, resolve o decline.
refusal-bulk-not-yours = Ya no está en su mesa.
views-title = Guardar esta vista
views-name = Nombre
views-hint = La pestaña y los filtros de arriba vuelven con este nombre. Solo usted la ve.
views-keep = Guardar la vista
views-forget = Olvidar «{ $name }»
flash-view-kept = La vista está entre sus pestañas.
flash-view-forgotten = La vista se ha olvidado.
refusal-view-needs-account = Un programa no puede guardar vistas.
refusal-view-name = Dé a la vista un nombre de hasta { $most } caracteres.
refusal-view-many = Puede guardar { $most } vistas. Olvide antes una.
desk-tab-waiting = A la espera de vecinos
saying-request-asked = El organismo preguntó algo a quien avisó de { $subject }; su plazo se detiene.
saying-request-replied = Quien avisó de { $subject } respondió; el plazo vuelve a correr.
saying-request-continued = El organismo sigue con { $subject } sin respuesta; el plazo vuelve a correr.
step-asked = Pregunta a quien avisó
step-replied = Quien avisó respondió
step-continued = Se siguió sin respuesta
step-waits-detail = El organismo espera la respuesta de quien avisó
show-waiting = Espera una respuesta
show-waiting-text = El plazo está detenido desde el { $date }, hasta que responda quien avisó; el { $until } vuelve a correr por sí solo.
show-asked = Pregunta a quien avisó
show-continued = Se siguió sin respuesta
show-replied = Quien avisó respondió
own-question = El organismo le pregunta
own-until = Si no responde, el organismo seguirá sin su respuesta el { $date }.
own-reply = Su respuesta
own-reply-hint = Será pública. No nombre a nadie ni ponga números de teléfono.
own-reply-button = Enviar la respuesta
desk-ask-heading = Preguntar a quien avisó
desk-ask-label = Su pregunta
desk-ask-hint = Pública. El plazo se detiene hasta que respondan, o hasta que usted siga sin respuesta.
desk-ask-button = Preguntar y detener el plazo
desk-ask-unreachable = Quien avisó no dejó cómo localizarle: solo verá la pregunta cuando mire su aviso. Por eso el plazo sigue corriendo.
desk-continue-heading = Seguir sin respuesta
desk-continue-label = Por qué (opcional)
desk-continue-hint = Público.
desk-continue-button = Dejar correr el plazo
flash-asked = Su pregunta es pública. El plazo se detiene, salvo que no se pueda localizar a quien avisó.
flash-continued = El plazo vuelve a correr.
flash-replied = Gracias. El organismo sigue con su aviso.
refusal-already-waiting = Ya hay una pregunta a la espera de respuesta.
refusal-not-waiting = No hay ninguna pregunta a la espera de respuesta.
mail-asked-subject = Una pregunta sobre su aviso { $code }
mail-asked-body =
    Sobre su aviso { $code } el organismo pregunta:

    { $question }

    Responda aquí, por favor. El enlace es solo suyo:
    { $link }
show-step-photo = Foto de «{ $what }»
desk-photo = Foto (opcional)
desk-photo-hint = Pública. JPEG, PNG o WebP, hasta 20 MB. Sin personas ni matrículas, por favor.
refusal-photo-not-here = Una foto acompaña una respuesta, una resolución o un rechazo.
saying-request-escalated = { $subject } ({ $category }) no se hizo como se prometió; se avisó a { $told }.
step-escalated = No se hizo como se prometió
told-officer = quien lo lleva
told-agency = el organismo
told-administrator = la administración del municipio
mail-due-soon-subject = Vence pronto: { $code }, { $what }
mail-due-soon-body =
    El fin de { $code } ({ $what }) está prometido para el { $due }.

    { $link }
mail-late-subject = Vencido: { $code }, { $what }
mail-late-body =
    El fin de { $code } ({ $what }) se prometió para el { $due } y sigue abierto. La página pública lo dice.
    Resuélvalo, pregunte a quien avisó o prometa un fin posterior con su motivo:

    { $link }
saying-request-disputed = Una vecina o un vecino dice que { $subject } no está arreglado ({ $category }).
step-disputed = No está arreglado, dice el vecindario
show-disputed = No está arreglado, dice el vecindario
show-not-fixed = ¿Sigue sin arreglar?
show-not-fixed-count = { $count ->
    [0] Cuando lo digan { $needed } vecinos, se reabre, una vez.
    [one] Lo dice un vecino. Cuando lo digan { $needed }, se reabre, una vez.
   *[other] Lo dicen { $count } vecinos. Cuando lo digan { $needed }, se reabre, una vez.
}
show-not-fixed-button = No está arreglado
show-not-fixed-sign-in = Inicie sesión para decir que no está arreglado
flash-not-fixed = Gracias. El organismo y todo el mundo pueden leerlo.
refusal-said-already = Ya lo dijo.
refusal-own-report = Es su propio aviso: reábralo en su página privada.
saying-request-redacted = El organismo tachó algo en el texto de { $subject }.
step-redacted = Texto tachado
desk-redact = Tachar el texto
desk-redact-label = Como lo lee todo el mundo
desk-redact-hint = Escriba ▇▇▇ sobre nombres, teléfonos y matrículas. El hilo lo hará constar; la mesa guarda el original.
desk-redact-button = Publicar este texto en su lugar
desk-originals = Texto original
flash-redacted = Todo el mundo lee ahora el texto nuevo.
refusal-not-fixed-needs-person = Un programa no puede decirlo por nadie; inicie sesión.
step-reminded = Recordatorio: el fin prometido está cerca
desk-changed = Qué hay de nuevo desde que abrió esta página
desk-matter-keys = Fuera de los campos: a lleva a su respuesta, n a la nota, q a la pregunta al residente, r a la resolución, d a rechazarlo, u de vuelta a la mesa.
desk-work = Avisos
mail-digest-soon-subject = Vencen pronto: { $soon } avisos
mail-digest-late-subject = Vencidos: { $late } avisos; vencen pronto: { $soon }
mail-digest-late = Estos { $count } avisos siguen abiertos más allá del plazo prometido. Las páginas públicas lo dicen. Resuelva cada uno, pregunte a quien avisó o prometa un plazo posterior con su motivo; un plazo incumplido sigue contando como tal.
mail-digest-soon = El plazo de estos { $count } avisos vence pronto.
mail-digest-line =
    { $code }: { $what } ({ $due })
    { $link }
desk-all-agencies = Todos los organismos
